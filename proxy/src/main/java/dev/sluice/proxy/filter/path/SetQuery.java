package dev.sluice.proxy.filter.path;

import dev.sluice.routes.args.PercentEncoding;
import dev.sluice.routes.args.Template;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;
import java.util.Optional;

/// With two arguments sets one query parameter, replacing its earlier values, and writes the query anew; with one replaces the whole query by the text,
/// in which only what HTTP does not allow is encoded. Missing placeholders become empty.
@Declaration(
    name = "setQuery",
    summary = "Sets a query parameter, or the whole query",
    examples = {
      @Example("""
          r: Path("/s/:term") -> setQuery("q", "${term}") -> setPath("/search") -> "https://api.example.org";"""),
      @Example("""
          r: * -> setQuery("a=1&b=2") -> "https://api.example.org";""")
    })
public record SetQuery(
    @Arg("name of the parameter, or the whole query; may hold placeholders") Template nameOrQuery,
    @Arg("value of the parameter; may hold placeholders") Optional<Template> value)
    implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    String first = nameOrQuery.renderOrEmpty(x);
    if (value.isEmpty()) {
      x.request().query(first.isEmpty() ? null : PercentEncoding.repair(first));
      return Verdict.CONTINUE;
    }
    Parameters parameters = Parameters.of(x.request().query());
    parameters.set(first, value.get().renderOrEmpty(x));
    x.request().query(parameters.encoded());
    return Verdict.CONTINUE;
  }
}
