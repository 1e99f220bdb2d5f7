package dev.sluice.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// GET requests by wrk with one thread, each connection asking again as soon as it has its answer.
///
/// @param more further options of wrk
record Wrk(String scheme, String path, int connections, List<String> more) implements Load.Generator {
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ");
  private static final Pattern PER_SECOND = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern P50 = Pattern.compile("50%\\s+([0-9.]+)(us|ms|s)");
  private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");
  private static final Pattern BAD_STATUS = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
  private static final Pattern BROKEN = Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

  Wrk(String scheme, String path, int connections) {
    this(scheme, path, connections, List.of());
  }

  @Override
  public boolean installed() {
    return Programs.find("wrk") != null;
  }

  @Override
  public Load run(int port, int seconds) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--latency"));
    command.addAll(more);
    command.add(scheme + "://127.0.0.1:" + port + path);
    return parse(Programs.output(command));
  }

  static Load parse(String text) {
    long failed = 0;
    Matcher bad = BAD_STATUS.matcher(text);
    if (bad.find()) {
      failed += Long.parseLong(bad.group(1));
    }
    Matcher broken = BROKEN.matcher(text);
    if (broken.find()) {
      for (int i = 1; i <= 4; i++) {
        failed += Long.parseLong(broken.group(i));
      }
    }
    long requests = Long.parseLong(Programs.group(REQUESTS, text, 1));
    return new Load(requests, 0, Double.parseDouble(Programs.group(PER_SECOND, text, 1)), millis(P50, text), millis(P99, text), failed);
  }

  private static double millis(Pattern pattern, String text) {
    double value = Double.parseDouble(Programs.group(pattern, text, 1));
    return switch (Programs.group(pattern, text, 2)) {
      case "us" -> value / 1000;
      case "s" -> value * 1000;
      default -> value;
    };
  }
}
