package dev.sluice.proxy.balance;

import dev.sluice.routes.model.Endpoint;
import java.util.List;
import java.util.random.RandomGenerator;

/// The declared form of a balancing algorithm: a record without components, like a filter without arguments.
public interface Algorithm {
  /// @param endpoints of the route, in written order; at least one
  /// @param random where chance comes from; thread-safe
  LoadBalancer create(List<Endpoint> endpoints, RandomGenerator random);
}
