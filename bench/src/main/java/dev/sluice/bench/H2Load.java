package dev.sluice.bench;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/// GET requests over HTTP/2 without TLS by h2load.
///
/// @param streams open at a time on each connection
record H2Load(String path, int connections, int streams) implements Load.Generator {
  private static final Pattern PER_SECOND = Pattern.compile("finished in [^,]+, ([0-9.]+) req/s");
  private static final Pattern DONE = Pattern.compile("requests: .*, (\\d+) done, (\\d+) succeeded, ");

  @Override
  public boolean installed() {
    return Programs.find("h2load") != null;
  }

  @Override
  public Load run(int port, int seconds) throws IOException, InterruptedException {
    return parse(Programs.output(List.of(
        "h2load", "-t1", "-c" + connections, "-m" + streams, "-D" + seconds, "http://127.0.0.1:" + port + path)));
  }

  static Load parse(String text) {
    long done = Long.parseLong(Programs.group(DONE, text, 1));
    long right = Long.parseLong(Programs.group(DONE, text, 2));
    return new Load(done, 0, Double.parseDouble(Programs.group(PER_SECOND, text, 1)), 0, 0, done - right);
  }
}
