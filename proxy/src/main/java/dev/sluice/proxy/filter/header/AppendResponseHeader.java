package dev.sluice.proxy.filter.header;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.args.Template;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Adds a line to a header of the response. A value with a missing placeholder changes nothing.
@Declaration(
    name = "appendResponseHeader",
    summary = "Adds a value to a response header, keeping earlier ones as lines of their own",
    examples = @Example("""
        r: * -> appendResponseHeader("Vary", "X-Tenant") -> "https://api.example.org";"""))
public record AppendResponseHeader(
    @Arg("name of the header") HeaderName name,
    @Arg("further value; may hold placeholders") Template value)
    implements StatelessFilter {

  @Override
  public Verdict response(Exchange x) {
    String text = value.render(x);
    if (text != null) {
      ResponseHeaders.add(x, name, text);
    }
    return Verdict.CONTINUE;
  }
}
