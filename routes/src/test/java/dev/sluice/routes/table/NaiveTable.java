package dev.sluice.routes.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The rules of look-up, written down as plainly as they are told, without tree or index: every route is asked.
final class NaiveTable {
  private final List<Rule> rules;

  /// @param path null for a route without a path
  /// @param rank higher goes first
  /// @param order place in the source
  record Rule(String id, @Nullable String path, boolean subtree, int rank, int order, Predicate<PlainRequest> others) {}

  /// @param shape for each segment `1` where the text matched, `2` for a wildcard, `3` for the rest; compares as the search prefers
  private record Found(Rule rule, String shape, List<String> values) {}

  NaiveTable(List<Rule> rules) {
    this.rules = rules;
  }

  /// Id of the route and values of its wildcards, or `-`.
  String match(PlainRequest request) {
    String path = request.path().replaceAll("/+", "/");
    var found = new ArrayList<Found>();
    for (Rule rule : rules) {
      Found one = rule.path == null ? new Found(rule, "9", List.of()) : place(rule, path);
      if (one != null && rule.others.test(request)) {
        found.add(one);
      }
    }
    return found.stream()
        .min(Comparator.comparing(Found::shape)
            .thenComparing(Comparator.<Found>comparingInt(f -> f.rule.rank).reversed())
            .thenComparingInt(f -> f.rule.order))
        .map(f -> f.rule.id + f.values)
        .orElse("-");
  }

  private static @Nullable Found place(Rule rule, String path) {
    List<String> pattern = new ArrayList<>(List.of(rule.path.substring(1).split("/", -1)));
    List<String> segments = List.of(path.substring(1).split("/", -1));
    boolean free = pattern.getLast().startsWith("*");
    if (free || rule.subtree && pattern.getLast().isEmpty()) {
      pattern.removeLast();
    }
    var shape = new StringBuilder();
    var values = new ArrayList<String>();
    for (int i = 0; i < pattern.size(); i++) {
      if (i >= segments.size()) {
        return null;
      }
      boolean wildcard = pattern.get(i).startsWith(":");
      if (wildcard ? segments.get(i).isEmpty() : !pattern.get(i).equals(segments.get(i))) {
        return null;
      }
      shape.append(wildcard ? '2' : '1');
      if (wildcard) {
        values.add(segments.get(i));
      }
    }
    List<String> rest = segments.subList(pattern.size(), segments.size());
    boolean restIsEmpty = rest.isEmpty() || rest.equals(List.of(""));
    if (rule.subtree) {
      values.add("/" + String.join("/", rest));
      return new Found(rule, shape + (restIsEmpty ? "1".repeat(rest.size()) : "3"), values);
    }
    if (free) {
      values.add("/" + String.join("/", rest));
      return restIsEmpty ? null : new Found(rule, shape + "3", values);
    }
    return rest.isEmpty() ? new Found(rule, shape.toString(), values) : null;
  }
}
