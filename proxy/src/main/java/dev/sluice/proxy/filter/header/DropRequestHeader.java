package dev.sluice.proxy.filter.header;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Removes all lines of a request header. The outgoing Host is not touched.
@Declaration(
    name = "dropRequestHeader",
    summary = "Removes a request header",
    examples = @Example("""
        r: * -> dropRequestHeader("User-Agent") -> "https://api.example.org";"""))
public record DropRequestHeader(@Arg("name of the header") HeaderName name) implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    x.request().headers().remove(name.name());
    return Verdict.CONTINUE;
  }
}
