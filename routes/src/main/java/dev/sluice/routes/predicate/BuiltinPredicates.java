package dev.sluice.routes.predicate;

import dev.sluice.routes.spi.PredicateSpec;
import java.util.List;

/// The built-in predicates.
public final class BuiltinPredicates {
  /// In alphabetical order.
  public static final List<Class<? extends PredicateSpec>> ALL = List.of(
      Header.class,
      Host.class,
      Method.class,
      Path.class,
      PathRegexp.class,
      PathSubtree.class);

  private BuiltinPredicates() {}
}
