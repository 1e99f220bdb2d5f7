package dev.sluice.proxy.filter.path;

import dev.sluice.routes.args.Template;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Removes all values of a query parameter. The query is written anew, also when there was none of that name.
@Declaration(
    name = "dropQuery",
    summary = "Removes a query parameter",
    examples = @Example("""
        r: * -> dropQuery("debug") -> "https://api.example.org";"""))
public record DropQuery(@Arg("name of the parameter; may hold placeholders") Template name) implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    if (x.request().query() != null) {
      Parameters parameters = Parameters.of(x.request().query());
      parameters.remove(name.renderOrEmpty(x));
      x.request().query(parameters.encoded());
    }
    return Verdict.CONTINUE;
  }
}
