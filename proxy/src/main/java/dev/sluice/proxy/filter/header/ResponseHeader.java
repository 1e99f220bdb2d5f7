package dev.sluice.proxy.filter.header;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// The old form of appendResponseHeader: the value is literal.
@Declaration(
    name = "responseHeader",
    summary = "Adds a literal value to a response header",
    examples = @Example("""
        r: * -> responseHeader("X-Old", "1") -> "https://api.example.org";"""))
public record ResponseHeader(
    @Arg("name of the header") HeaderName name,
    @Arg("further value, taken as it is") String value)
    implements StatelessFilter {

  @Override
  public Verdict response(Exchange x) {
    ResponseHeaders.add(x, name, value);
    return Verdict.CONTINUE;
  }
}
