package dev.sluice.routes.table;

import dev.sluice.routes.model.PathPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the wildcards of a path pattern stand, and what they are called. Many routes share one.
///
/// @param names in path order; shared, never changed
/// @param segments numbers of the segments that are wildcards, in order; the rest of the path, when it has a name, comes behind them
/// @param fixed how many segments the pattern has
@SuppressWarnings("ArrayRecordComponent") // compared by the cache only, which knows what they were made of
record Wildcards(String[] names, int[] segments, int fixed) {

  /// Gives equal ones as one object. Used by one thread.
  static final class Cache {
    private final Map<List<Object>, Wildcards> known = new HashMap<>();

    /// Null for a pattern without wildcards.
    @Nullable Wildcards of(PathPattern pattern) {
      if (pattern.names().isEmpty()) {
        return null;
      }
      List<@Nullable String> segments = pattern.segments();
      var places = new ArrayList<Integer>();
      for (int i = 0; i < segments.size(); i++) {
        if (segments.get(i) == null) {
          places.add(i);
        }
      }
      return known.computeIfAbsent(List.of(pattern.names(), places, segments.size()), key -> new Wildcards(
          pattern.names().toArray(String[]::new), places.stream().mapToInt(Integer::intValue).toArray(), segments.size()));
    }
  }

  /// @param path that the pattern fits
  String[] values(String path) {
    String[] values = new String[names.length];
    int count = 0;
    int at = 0;
    for (int i = 0; i < fixed; i++) {
      int slash = path.indexOf('/', at + 1);
      int end = slash < 0 ? path.length() : slash;
      if (count < segments.length && segments[count] == i) {
        values[count++] = path.substring(at + 1, end);
      }
      at = end;
    }
    if (count < values.length) {
      values[count] = at == path.length() ? "/" : path.substring(at);
    }
    return values;
  }
}
