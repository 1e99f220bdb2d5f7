package dev.sluice.proxy.filter.log;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import java.util.List;

/// The old switch of the access log.
@Declaration(
    name = "accessLogDisabled",
    summary = "Turns the access log of a route off or on",
    examples = @Example("""
        r: * -> accessLogDisabled("true") -> "https://api.example.org";"""))
public record AccessLogDisabled(@Arg("whether it is off") boolean disabled) implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    return new AccessLogFilter(new AccessLogRule(!disabled, List.of()));
  }
}
