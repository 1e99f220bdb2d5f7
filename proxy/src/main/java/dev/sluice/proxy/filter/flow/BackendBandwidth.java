package dev.sluice.proxy.filter.flow;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;

/// Limits the speed at which the request body goes to the backend.
@Declaration(
    name = "backendBandwidth",
    summary = "Limits the speed of the request body",
    examples = @Example("""
        r: * -> backendBandwidth(30) -> "https://api.example.org";"""))
public record BackendBandwidth(@Arg(value = "kilobytes (1024 bytes) a second", min = Double.MIN_NORMAL) double kbps)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    return ThrottleStep.ofRate(kbps, true);
  }
}
