package dev.sluice.routes.table;

import dev.sluice.routes.model.PathPattern;
import org.jspecify.annotations.Nullable;

/// A predicate that says where in the path tree its route stands. A route has at most one.
public interface TreePredicate extends TablePredicate {
  /// Null for a pattern that sets no place: the route is tried like one without such a predicate.
  @Nullable PathPattern pattern();

  @Override
  default int weight() {
    return 0;
  }
}
