package dev.sluice.proxy.filter.path;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Copies the first value of a request header into a query parameter, replacing it; without the header the parameter becomes empty. The query is written
/// anew.
@Declaration(
    name = "headerToQuery",
    summary = "Copies a request header into a query parameter",
    examples = @Example("""
        r: * -> headerToQuery("X-Tenant", "tenant") -> "https://api.example.org";"""))
public record HeaderToQuery(
    @Arg("name of the header") HeaderName header,
    @Arg("name of the query parameter") String parameter)
    implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    String value = x.request().headers().first(header.name());
    Parameters parameters = Parameters.of(x.request().query());
    parameters.set(parameter, value == null ? "" : value);
    x.request().query(parameters.encoded());
    return Verdict.CONTINUE;
  }
}
