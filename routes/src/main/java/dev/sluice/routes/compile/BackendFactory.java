package dev.sluice.routes.compile;

import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.spi.RouteProblem;
import dev.sluice.routes.spi.RunningBackend;

/// Makes what the gateway keeps for a route's backend.
public interface BackendFactory {
  /// A new one for each call, or one whose [RunningBackend#close] does nothing.
  ///
  /// @throws RouteProblem the route is dropped and listed with this reason
  RunningBackend create(RouteDefinition route) throws RouteProblem;

  /// Whether what runs for `old`, a route of the same id, can go on for `next`.
  default boolean keeps(RouteDefinition old, RouteDefinition next) {
    return old.backend().equals(next.backend());
  }
}
