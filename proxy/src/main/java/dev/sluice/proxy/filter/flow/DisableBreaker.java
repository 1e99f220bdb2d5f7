package dev.sluice.proxy.filter.flow;

import dev.sluice.proxy.breaker.BreakerRegistry;
import dev.sluice.proxy.breaker.BreakerSettings;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;

/// Switches the circuit breaker off for a route, also one that the flags set.
@Declaration(
    name = "disableBreaker",
    summary = "Switches circuit breakers off for the route",
    examples = @Example("""
        r: * -> disableBreaker() -> "https://api.example.org";"""))
public record DisableBreaker() implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    return new GateFilter(BreakerRegistry.of(services).gate(
        new BreakerSettings(BreakerSettings.Type.DISABLED, "", 0, 0, 0, 0, 0)));
  }
}
