package dev.sluice.routes.spi;

/// The declared, bound form of a predicate: a record of immutable values; equal means equal arguments.
public interface PredicateSpec {
  /// Makes the running predicate. Not called by `gwctl check`.
  ///
  /// @throws RouteProblem the route is dropped and listed with this reason
  RoutePredicate create(Services services) throws RouteProblem;

  /// What it adds to its route's rank (Skipper: 1 for nearly all; `Weight(n)` adds n).
  default int weight() {
    return 1;
  }

  /// Whether two asked about the same request may say different things, because each leaves it to chance. Equal routes split the requests then; else
  /// the one behind never takes any, which `gwctl check` reports.
  default boolean leavesToChance() {
    return false;
  }
}
