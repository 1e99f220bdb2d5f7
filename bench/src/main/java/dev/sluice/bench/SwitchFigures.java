package dev.sluice.bench;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Time of a switch in which ten routes change: from the text in memory to the table in use; reading, comparing, building and publishing count, closing
/// what the old table held and the log do not. `bench/table switch` runs it.
final class SwitchFigures {
  private static final int CHANGED = 10;

  private SwitchFigures() {}

  /// @param options routes, files (the routes are spread over so many), rounds
  static void run(Map<String, String> options) {
    int routes = Integer.parseInt(options.getOrDefault("routes", "100000"));
    int files = Integer.parseInt(options.getOrDefault("files", "1"));
    int rounds = Integer.parseInt(options.getOrDefault("rounds", "20"));
    try (var table = new FedTable()) {
      Duration first = table.load(split(RouteTexts.paths(routes, CHANGED, 0), files));
      System.out.printf("%d routes in %d files, cold: %d ms%n", table.table().routes().size(), files, first.toMillis());
      double[] millis = new double[rounds];
      for (int i = 0; i < rounds; i++) {
        // Texts are made before the clock starts.
        List<String> texts = split(RouteTexts.paths(routes, CHANGED, i + 1), files);
        System.gc();
        millis[i] = table.load(texts).toNanos() / 1e6;
        System.out.printf("%.1f ", millis[i]);
      }
      System.out.printf("%nswitch with %d changed of %d: first %.1f ms, median %.1f ms%n", CHANGED, routes, millis[0], Candidate.median(millis));
    }
  }

  private static List<String> split(String text, int files) {
    List<String> routes = List.of(text.split("(?<=;\n)"));
    int each = routes.size() / files;
    return IntStream.range(0, files).mapToObj(i -> String.join("", routes.subList(i * each, i == files - 1 ? routes.size() : (i + 1) * each))).toList();
  }
}
