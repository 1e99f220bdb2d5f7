package dev.sluice.routes.table;

import org.jspecify.annotations.Nullable;

/// The result of a look-up: the route, and the values of its path parameters.
///
/// @param names parameter names in path order; shared, never changed
/// @param values decoded values, same indexes
public record Match(Route route, String[] names, String[] values) {
  public @Nullable String parameter(String name) {
    for (int i = names.length - 1; i >= 0; i--) {
      if (names[i].equals(name)) {
        return values[i];
      }
    }
    return null;
  }
}
