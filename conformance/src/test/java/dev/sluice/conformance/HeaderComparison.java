package dev.sluice.conformance;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Compares header fields as a multi-map, names without case.
record HeaderComparison(Set<String> ignore, Patterns patterns, boolean upstream) {

  /// They change from run to run, or only name the product.
  private static final Set<String> VOLATILE =
      Set.of("date", "server", "connection", "keep-alive", "transfer-encoding", "x-powered-by");

  /// Each HTTP client has its own defaults for these.
  private static final Set<String> VOLATILE_UPSTREAM = Set.of("user-agent", "accept-encoding");

  List<String> compare(Members expected, Members seen) {
    Set<String> leftOut = new HashSet<>(ignore);
    leftOut.addAll(VOLATILE);
    leftOut.addAll(upstream ? VOLATILE_UPSTREAM : Set.of());
    Map<String, List<String>> want = byName(expected, "headers", leftOut);
    Map<String, List<String>> have = byName(seen, "headers", leftOut);
    // A body's framing is the server's choice: a length is compared only where both sides give one.
    if (want.containsKey("content-length") != have.containsKey("content-length")) {
      want.remove("content-length");
      have.remove("content-length");
    }
    Set<String> names = new TreeSet<>(want.keySet());
    names.addAll(have.keySet());
    List<String> differences = new ArrayList<>();
    for (String name : names) {
      List<String> values = have.get(name);
      if (patterns.has(name) && values != null) {
        if (!values.stream().allMatch(value -> patterns.matches(name, value))) {
          differences.add("%s %s does not match %s".formatted(name, Comparison.show(values), patterns.of(name)));
        }
      } else if (!Comparison.same(want.get(name), values)) {
        differences.add("%s is %s, not %s".formatted(name, Comparison.show(values), Comparison.show(want.get(name))));
      }
    }
    return differences;
  }

  /// The values of each name in lower case, in order.
  static Map<String, List<String>> byName(Members message, String member, Set<String> leftOut) {
    Map<String, List<String>> values = new TreeMap<>();
    for (Field field : message.fields(member)) {
      if (!leftOut.contains(field.key())) {
        values.computeIfAbsent(field.key(), name -> new ArrayList<>()).add(field.value());
      }
    }
    return values;
  }
}
