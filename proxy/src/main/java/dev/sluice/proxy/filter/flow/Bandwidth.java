package dev.sluice.proxy.filter.flow;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;

/// Limits the speed of the response body.
@Declaration(
    name = "bandwidth",
    summary = "Limits the speed of the response body",
    examples = @Example("""
        r: * -> bandwidth(30) -> "https://api.example.org";"""))
public record Bandwidth(@Arg(value = "kilobytes (1024 bytes) a second", min = Double.MIN_NORMAL) double kbps) implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    return ThrottleStep.ofRate(kbps, false);
  }
}
