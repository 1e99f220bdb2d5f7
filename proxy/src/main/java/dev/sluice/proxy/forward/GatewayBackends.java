package dev.sluice.proxy.forward;

import dev.sluice.proxy.balance.Algorithm;
import dev.sluice.proxy.balance.EndpointRegistry;
import dev.sluice.routes.compile.BackendFactory;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.declare.CatalogEntry;
import dev.sluice.routes.model.Backend;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.spi.RouteProblem;
import dev.sluice.routes.spi.RunningBackend;
import java.util.List;
import java.util.random.RandomGenerator;

/// Makes the running backends of a gateway's routes.
public final class GatewayBackends implements BackendFactory {
  private final Catalog catalog;
  private final EndpointRegistry registry;
  private final RandomGenerator random;

  /// @param catalog where balancing algorithms are found by name
  /// @param random for balancers; thread-safe
  public GatewayBackends(Catalog catalog, EndpointRegistry registry, RandomGenerator random) {
    this.catalog = catalog;
    this.registry = registry;
    this.random = random;
  }

  @Override
  public RunningBackend create(RouteDefinition route) throws RouteProblem {
    return switch (route.backend()) {
      case Backend.NetworkBackend(var endpoint) -> new GatewayBackend.Network(endpoint);
      case Backend.BalancedBackend(var name, var endpoints) -> balanced(name, endpoints);
      case Backend.ShuntBackend() -> new GatewayBackend.Shunt();
      case Backend.LoopbackBackend() -> new GatewayBackend.Loopback();
      case Backend.DynamicBackend() -> new GatewayBackend.Dynamic();
    };
  }

  private GatewayBackend balanced(String name, List<Endpoint> endpoints) throws RouteProblem {
    Algorithm algorithm = algorithm(name);
    List<EndpointRegistry.Counts> counts = endpoints.stream().map(registry::of).toList();
    return new GatewayBackend.Balanced(endpoints, counts, algorithm.create(endpoints, random));
  }

  private Algorithm algorithm(String name) throws RouteProblem {
    CatalogEntry entry = catalog.algorithm(name);
    if (entry == null) {
      throw new RouteProblem("unknown balancing algorithm \"" + name + "\"");
    }
    try {
      return (Algorithm) entry.type().getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw new RouteProblem("balancing algorithm \"" + name + "\" cannot be made", e);
    }
  }
}
