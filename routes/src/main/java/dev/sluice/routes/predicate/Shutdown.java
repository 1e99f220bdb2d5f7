package dev.sluice.routes.predicate;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.PredicateSpec;
import dev.sluice.routes.spi.RoutePredicate;
import dev.sluice.routes.spi.Services;

/// From the signal on, requests are still served for the time of `-wait-for-healthcheck-interval`, so that a load balancer sees a
/// failing check and turns away.
@Declaration(
    name = "Shutdown",
    summary = "Matches from the moment the gateway was told to end",
    examples = @Example(value = """
        down: Path("/health") && Shutdown() -> status(503) -> <shunt>;
        up: Path("/health") -> status(200) -> <shunt>;""", request = "GET /health", answer = "200"))
public record Shutdown() implements PredicateSpec {
  @Override
  public RoutePredicate create(Services services) {
    ShutdownSignal signal = ShutdownSignal.of(services);
    return request -> signal.isGiven();
  }
}
