package dev.sluice.proxy.balance;

import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.RouteProblem;
import java.util.List;
import java.util.random.RandomGenerator;

/// The declared form of a balancing algorithm: a record without components, like a filter without arguments.
public interface Algorithm {
  /// @param endpoints of the route, in written order; at least one has a weight above 0. Those of weight 0 are never among the candidates and count
  ///     for nothing: each algorithm works as if they were not written
  /// @param random where chance comes from; thread-safe
  /// @throws RouteProblem these endpoints cannot be balanced in this way
  LoadBalancer create(List<Endpoint> endpoints, RandomGenerator random) throws RouteProblem;
}
