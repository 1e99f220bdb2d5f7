package dev.sluice.routes.spi;

/// A predicate whose spec is its own running instance.
public interface StatelessPredicate extends PredicateSpec, RoutePredicate {
  @Override
  default RoutePredicate create(Services services) {
    return this;
  }
}
