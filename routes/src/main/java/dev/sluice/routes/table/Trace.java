package dev.sluice.routes.table;

import dev.sluice.grammar.CallNode;
import org.jspecify.annotations.Nullable;

/// Records what a look-up tried, in order. Used by `gwctl explain`, never on the request path.
public interface Trace {
  /// A route that was looked at.
  ///
  /// @param failing its first predicate that does not hold; null when the route matched
  void candidate(Route route, @Nullable CallNode failing);
}
