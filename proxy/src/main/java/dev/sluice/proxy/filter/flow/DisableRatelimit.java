package dev.sluice.proxy.filter.flow;

import dev.sluice.proxy.limit.RatelimitSwitch;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.RouteProblem;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;

/// Accepted and without effect, as in the language's original: limits of the flags come before routing.
@Declaration(
    name = "disableRatelimit",
    summary = "Has no effect; kept for existing route files",
    ignoresArguments = true,
    examples = @Example("""
        r: * -> disableRatelimit() -> "https://api.example.org";"""))
public record DisableRatelimit() implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) throws RouteProblem {
    RatelimitSwitch.require(services);
    return new Filter() {};
  }
}
