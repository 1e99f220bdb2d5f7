package dev.sluice.proxy.forward;

import dev.sluice.proxy.balance.EndpointCounts;
import dev.sluice.proxy.balance.LoadBalancer;
import dev.sluice.proxy.balance.Screening;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.RunningBackend;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a route's backend is while it runs.
public sealed interface GatewayBackend extends RunningBackend {
  /// One address.
  ///
  /// @param counts so that the endpoint is no new one when the route becomes balanced
  record Network(Endpoint endpoint, EndpointCounts counts) implements GatewayBackend {
    @Override
    public void close() {
      counts.release();
    }
  }

  /// Several endpoints; the balancer's state lives as long as the route's backend stays the same.
  ///
  /// @param counts of each endpoint, same indexes
  /// @param screening null: no endpoint is ever left out
  /// @param endOfChecks the endpoints need not be checked any more for this route
  record Balanced(List<Endpoint> endpoints, List<EndpointCounts> counts, LoadBalancer balancer, @Nullable Screening screening, Runnable endOfChecks)
      implements GatewayBackend {
    @Override
    public void close() {
      counts.forEach(EndpointCounts::release);
      endOfChecks.run();
    }
  }

  /// Answered by the gateway.
  record Shunt() implements GatewayBackend {}

  /// Looked up again.
  record Loopback() implements GatewayBackend {}

  /// The target is [dev.sluice.routes.spi.Outgoing#dynamicTarget].
  record Dynamic() implements GatewayBackend {}
}
