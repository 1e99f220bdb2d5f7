package dev.sluice.routes.spi;

/// The declared, bound form of a filter: a record of immutable values; equal means equal arguments. Its constructor has no side effects and
/// throws [ArgumentProblem] for a rule between arguments.
public interface FilterSpec {
  /// Makes the running filter. Called by the gateway when a route is compiled, not by `gwctl check`; may read files and start tasks.
  ///
  /// @throws RouteProblem the route is dropped and listed with this reason
  Filter create(Services services, Site site) throws RouteProblem;

  default Waits waits() {
    return Waits.NEVER;
  }
}
