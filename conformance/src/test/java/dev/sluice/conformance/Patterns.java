package dev.sluice.conformance;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// What whole values must match instead of being equal: by header name in lower case, `body`, `target` or `upstream_body`.
///
/// Those of a step replace the case's.
record Patterns(Map<String, Pattern> byName) {

  static Patterns of(Members recorded, Members step) {
    Map<String, Pattern> byName = new HashMap<>();
    for (Members match : new Members[] {recorded.object("match"), step.object("match")}) {
      match.map().forEach((name, pattern) -> byName.put(name.toLowerCase(Locale.ROOT), Texts.whole((String) pattern)));
    }
    return new Patterns(byName);
  }

  boolean has(String name) {
    return byName.containsKey(name);
  }

  /// Whether there is a pattern of that name, and the whole value matches it.
  boolean matches(String name, String value) {
    Pattern pattern = byName.get(name);
    return pattern != null && pattern.matcher(value).matches();
  }

  String of(String name) {
    return String.valueOf(byName.get(name));
  }
}
