package dev.sluice.proxy.forward;

import dev.sluice.proxy.balance.Algorithm;
import dev.sluice.proxy.balance.EndpointCounts;
import dev.sluice.proxy.balance.EndpointProbe;
import dev.sluice.proxy.balance.EndpointRegistry;
import dev.sluice.proxy.balance.Fading;
import dev.sluice.proxy.balance.HealthCheck;
import dev.sluice.proxy.balance.LoadBalancer;
import dev.sluice.proxy.balance.ProbeRegistry;
import dev.sluice.proxy.balance.Screening;
import dev.sluice.proxy.filter.balance.EndpointCheck;
import dev.sluice.proxy.filter.balance.EndpointCreated;
import dev.sluice.proxy.filter.balance.FadeIn;
import dev.sluice.proxy.observe.CustomMetrics;
import dev.sluice.routes.compile.BackendFactory;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.declare.CatalogEntry;
import dev.sluice.routes.model.Backend;
import dev.sluice.routes.model.BoundCall;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.RouteProblem;
import dev.sluice.routes.spi.RunningBackend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Makes the running backends of a gateway's routes.
public final class GatewayBackends implements BackendFactory {
  private final Catalog catalog;
  private final EndpointRegistry registry;
  private final ProbeRegistry probes;
  private final CustomMetrics metrics;
  private final RandomGenerator random;

  /// @param catalog where balancing algorithms are found by name
  /// @param random for balancers; thread-safe
  public GatewayBackends(Catalog catalog, EndpointRegistry registry, ProbeRegistry probes, CustomMetrics metrics, RandomGenerator random) {
    this.catalog = catalog;
    this.registry = registry;
    this.probes = probes;
    this.metrics = metrics;
    this.random = random;
  }

  @Override
  public RunningBackend create(RouteDefinition route) throws RouteProblem {
    return switch (route.backend()) {
      case Backend.NetworkBackend(var endpoint) -> new GatewayBackend.Network(endpoint, registry.use(endpoint));
      case Backend.BalancedBackend(var name, var endpoints) -> balanced(name, endpoints, specs(route));
      case Backend.ShuntBackend() -> new GatewayBackend.Shunt();
      case Backend.LoopbackBackend() -> new GatewayBackend.Loopback();
      case Backend.DynamicBackend() -> new GatewayBackend.Dynamic();
    };
  }

  /// Filters that tell how endpoints fade in and are checked are read here and not at each request, so a change of them makes the backend anew.
  @Override
  public boolean keeps(RouteDefinition old, RouteDefinition next) {
    return BackendFactory.super.keeps(old, next) && (!(next.backend() instanceof Backend.BalancedBackend) || specs(old).equals(specs(next)));
  }

  private static List<FilterSpec> specs(RouteDefinition route) {
    return route.filters().stream()
        .<FilterSpec>map(BoundCall::spec)
        .filter(spec -> spec instanceof FadeIn || spec instanceof EndpointCreated || spec instanceof EndpointCheck)
        .toList();
  }

  private GatewayBackend balanced(String name, List<Endpoint> endpoints, List<FilterSpec> specs) throws RouteProblem {
    Algorithm algorithm = algorithm(name);
    boolean takesTraffic = endpoints.stream().anyMatch(endpoint -> endpoint.weight() > 0);
    LoadBalancer balancer = takesTraffic ? algorithm.create(endpoints, random) : (x, left) -> -1;
    List<EndpointCounts> counts = endpoints.stream().map(registry::use).toList();
    Fading fading = fading(specs);
    if (fading != null) {
      specs.forEach(spec -> tellAge(spec, endpoints, counts));
    }
    HealthCheck check = check(specs);
    List<EndpointProbe> asking = check == null ? List.of() : endpoints.stream().map(endpoint -> probes.use(endpoint, check)).toList();
    Screening screening = check == null && fading == null && registry.health() == null
        ? null
        : new Screening(endpoints, counts, asking, fading, registry.health(), random, registry.nanoTime(),
            metrics.counter("passive-health-check.endpoints.dropped"), metrics.counter("passive-health-check.requests.passed"));
    return new GatewayBackend.Balanced(endpoints, counts, balancer, screening, () -> {
      if (check != null) {
        endpoints.forEach(endpoint -> probes.release(endpoint, check));
      }
    });
  }

  private static @Nullable HealthCheck check(List<FilterSpec> specs) {
    HealthCheck last = null;
    for (FilterSpec spec : specs) {
      last = spec instanceof EndpointCheck check ? check.check() : last;
    }
    return last;
  }

  private static @Nullable Fading fading(List<FilterSpec> specs) {
    Fading last = null;
    for (FilterSpec spec : specs) {
      if (spec instanceof FadeIn(var duration, var exponent)) {
        last = duration.isPositive() ? new Fading(duration.toNanos(), exponent.orElse(1.0)) : null;
      }
    }
    return last;
  }

  private void tellAge(FilterSpec spec, List<Endpoint> endpoints, List<EndpointCounts> counts) {
    Instant now = registry.clock().instant();
    if (spec instanceof EndpointCreated created && !created.created().isAfter(now)) {
      for (int i = 0; i < counts.size(); i++) {
        if (created.names(endpoints.get(i))) {
          counts.get(i).created(Duration.between(created.created(), now));
        }
      }
    }
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
