package dev.sluice.proxy.filter.flow;

import dev.sluice.proxy.breaker.BreakerRegistry;
import dev.sluice.proxy.breaker.BreakerSettings;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Arg.BareNumber;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.CallGate;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import java.time.Duration;
import java.util.Optional;

/// Keeps a backend host from being called after so many failures in a row. Does nothing unless the gateway runs with `-enable-breakers` or a
/// `-breaker`. What is not said is taken from there.
@Declaration(
    name = "consecutiveBreaker",
    summary = "Opens a circuit breaker after consecutive failures",
    examples = @Example("""
        r: * -> consecutiveBreaker(15, "30s", 3) -> "https://api.example.org";"""))
public record ConsecutiveBreaker(
    @Arg(value = "failures in a row that open it", min = 1) int failures,
    @Arg(value = "how long it stays open, 1m when nothing is said", bareNumber = BareNumber.MILLISECONDS) Optional<Duration> timeout,
    @Arg("trial requests when half open, 1 when nothing is said") Optional<Integer> halfOpenRequests,
    @Arg(value = "unused for so long it is forgotten, 1h when nothing is said", bareNumber = BareNumber.MILLISECONDS)
        Optional<Duration> idleTtl)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    CallGate gate = BreakerRegistry.of(services).gate(new BreakerSettings(
        BreakerSettings.Type.CONSECUTIVE,
        "",
        failures,
        0,
        timeout.map(Duration::toNanos).orElse(0L),
        halfOpenRequests.orElse(0),
        idleTtl.map(Duration::toNanos).orElse(0L)));
    return new GateFilter(gate);
  }
}
