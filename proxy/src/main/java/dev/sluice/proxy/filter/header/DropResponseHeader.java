package dev.sluice.proxy.filter.header;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Removes all lines of a response header. The body stays complete, also without its Content-Length.
@Declaration(
    name = "dropResponseHeader",
    summary = "Removes a response header",
    examples = @Example("""
        r: * -> dropResponseHeader("X-Powered-By") -> "https://api.example.org";"""))
public record DropResponseHeader(@Arg("name of the header") HeaderName name) implements StatelessFilter {

  @Override
  public Verdict response(Exchange x) {
    x.response().headers().remove(name.name());
    return Verdict.CONTINUE;
  }
}
