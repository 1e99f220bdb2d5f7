package dev.sluice.proxy.filter.flow;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Arg.BareNumber;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import java.time.Duration;

/// Delays the request by a random time between mean - delta and mean + delta.
@Declaration(
    name = "uniformRequestLatency",
    summary = "Delays the request by a random time between mean - delta and mean + delta",
    examples = @Example("""
        r: * -> uniformRequestLatency("10ms", "5ms") -> "https://api.example.org";"""))
public record UniformRequestLatency(
    @Arg(value = "mean", bareNumber = BareNumber.MILLISECONDS, min = 0) Duration mean,
    @Arg(value = "how far it varies", bareNumber = BareNumber.MILLISECONDS, min = 0) Duration delta)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    return RandomLatency.uniform(mean, delta, true);
  }
}
