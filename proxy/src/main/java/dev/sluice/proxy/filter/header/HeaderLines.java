package dev.sluice.proxy.filter.header;

import dev.sluice.routes.args.Regex;
import dev.sluice.routes.spi.Headers;
import java.util.List;

/// Work on the lines of one header.
final class HeaderLines {
  private HeaderLines() {}

  /// Removes the lines whose value matches; nothing when there is no line or the first one is empty.
  static void removeMatching(Headers headers, String name, Regex pattern) {
    List<String> values = headers.all(name);
    if (values.isEmpty() || values.getFirst().isEmpty() || values.stream().noneMatch(pattern::find)) {
      return;
    }
    List<String> kept = values.stream().filter(value -> !pattern.find(value)).toList();
    headers.remove(name);
    kept.forEach(value -> headers.add(name, value));
  }
}
