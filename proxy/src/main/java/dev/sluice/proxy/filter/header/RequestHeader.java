package dev.sluice.proxy.filter.header;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// The old form of appendRequestHeader: the value is literal.
@Declaration(
    name = "requestHeader",
    summary = "Adds a literal value to a request header",
    examples = @Example("""
        r: * -> requestHeader("X-Old", "1") -> "https://api.example.org";"""))
public record RequestHeader(
    @Arg("name of the header") HeaderName name,
    @Arg("further value, taken as it is") String value)
    implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    RequestHeaders.add(x, name, value);
    return Verdict.CONTINUE;
  }
}
