package dev.sluice.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What wrk measured.
///
/// @param requests answered in all
/// @param perSecond answered in a second
/// @param p99Millis 99 of 100 answers came within this time
/// @param failed answers other than 2xx and 3xx, and broken connections
record Load(long requests, double perSecond, double p99Millis, long failed) {
  private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in ");
  private static final Pattern PER_SECOND = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");
  private static final Pattern BAD_STATUS = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");
  private static final Pattern BROKEN = Pattern.compile("Socket errors: connect (\\d+), read (\\d+), write (\\d+), timeout (\\d+)");

  /// Runs wrk with one thread.
  static Load run(String url, int connections, int seconds, String... more) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("wrk", "-t1", "-c" + connections, "-d" + seconds + "s", "--latency"));
    command.addAll(List.of(more));
    command.add(url);
    Process wrk = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String text = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (wrk.waitFor() != 0) {
        throw new IOException("wrk failed: " + text);
      }
      return parse(text);
    } finally {
      wrk.destroy();
    }
  }

  static Load parse(String text) {
    double value = Double.parseDouble(group(P99, text, 1));
    double p99 = switch (group(P99, text, 2)) {
      case "us" -> value / 1000;
      case "s" -> value * 1000;
      default -> value;
    };
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
    return new Load(
        Long.parseLong(group(REQUESTS, text, 1)), Double.parseDouble(group(PER_SECOND, text, 1)), p99, failed);
  }

  private static String group(Pattern pattern, String text, int group) {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new IllegalArgumentException("no " + pattern + " in: " + text);
    }
    return found.group(group);
  }
}
