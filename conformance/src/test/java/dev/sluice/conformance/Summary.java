package dev.sluice.conformance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// The table at the end of a run.
record Summary(List<Result> results, NotYetList list) {

  String text() {
    Map<String, List<Result>> byArea =
        results.stream().collect(Collectors.groupingBy(result -> result.id().area(), TreeMap::new, Collectors.toList()));
    StringBuilder text = new StringBuilder(row("area", "passed", "failed", "listed", "skipped"));
    byArea.forEach((area, some) -> text.append(row(area, some)));
    text.append(row("all", results));
    chances(text);
    text.append("%d passed, %d failed\n".formatted(count(results, Result::passed), count(results, Result::failed)));
    return text.toString();
  }

  private String row(String area, List<Result> some) {
    return row(area, String.valueOf(count(some, Result::passed)), String.valueOf(count(some, Result::failed)),
        String.valueOf(count(some, result -> result.failed() && list.entry(result.id()).isPresent())),
        String.valueOf(count(some, result -> !result.wasRun())));
  }

  private static String row(String area, String passed, String failed, String listed, String skipped) {
    return "%-20s %8s %8s %8s %8s\n".formatted(area, passed, failed, listed, skipped);
  }

  /// Says what came of the cases that chance or timing decides.
  private void chances(StringBuilder text) {
    List<String> names = list.chances().toList();
    results.stream().filter(result -> names.contains(result.id().toString())).forEach(result ->
        text.append("left to chance: ").append(result.id()).append(result.passed() ? " (passed)\n" : " (failed)\n"));
  }

  private static long count(List<Result> some, Predicate<Result> which) {
    return some.stream().filter(which).count();
  }
}
