package dev.sluice.proxy.forward;

import dev.sluice.proxy.balance.EndpointRegistry;
import dev.sluice.proxy.balance.LoadBalancer;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.RunningBackend;
import java.util.List;

/// What a route's backend is while it runs.
public sealed interface GatewayBackend extends RunningBackend {
  /// One address.
  record Network(Endpoint endpoint) implements GatewayBackend {}

  /// Several endpoints; the balancer's state lives as long as the route's backend stays the same.
  ///
  /// @param counts of each endpoint, same indexes
  record Balanced(List<Endpoint> endpoints, List<EndpointRegistry.Counts> counts, LoadBalancer balancer) implements GatewayBackend {}

  /// Answered by the gateway.
  record Shunt() implements GatewayBackend {}

  /// Looked up again.
  record Loopback() implements GatewayBackend {}

  /// The target is [dev.sluice.routes.spi.Outgoing#dynamicTarget].
  record Dynamic() implements GatewayBackend {}
}
