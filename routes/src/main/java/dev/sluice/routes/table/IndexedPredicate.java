package dev.sluice.routes.table;

import dev.sluice.routes.spi.PredicateSpec;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A predicate by which the table sorts routes that share a place, so that it need not ask them all. What it promises must hold;
/// the predicate is asked all the same.
public interface IndexedPredicate extends PredicateSpec {
  /// Hosts outside of which the predicate never holds, each as [HostKey] gives it; null when they cannot be told.
  default @Nullable Set<String> hosts() {
    return null;
  }

  /// Methods outside of which it never holds; null when they cannot be told.
  default @Nullable Set<String> methods() {
    return null;
  }

  /// Predicates of one route with an equal value here weigh only once; null: each weighs by itself.
  default @Nullable Object weighsOnceWith() {
    return null;
  }
}
