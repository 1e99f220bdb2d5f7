package dev.sluice.proxy.filter.log;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import java.util.List;

/// Turns the access log on for the route; with statuses it logs these and no others.
@Declaration(
    name = "enableAccessLog",
    summary = "Turns the access log on for a route, or for some statuses alone",
    examples = @Example("""
        r: * -> enableAccessLog(4, 5) -> "https://api.example.org";"""))
public record EnableAccessLog(
    @Arg("statuses: 4 is 400 to 499, 30 is 300 to 309, others are exact") List<Integer> statuses)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    return new AccessLogFilter(new AccessLogRule(true, statuses));
  }
}
