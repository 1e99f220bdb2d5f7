package dev.sluice.proxy.filter.header;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.args.Template;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Adds a line to a request header. A value with a missing placeholder changes nothing. The name `Host` sets the Host that the backend gets.
@Declaration(
    name = "appendRequestHeader",
    summary = "Adds a value to a request header, keeping earlier ones as lines of their own",
    examples = @Example("""
        r: * -> appendRequestHeader("X-Via-Edge", "edge-1") -> "https://api.example.org";"""))
public record AppendRequestHeader(
    @Arg("name of the header") HeaderName name,
    @Arg("further value; may hold placeholders") Template value)
    implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    String text = value.render(x);
    if (text != null) {
      RequestHeaders.add(x, name, text);
    }
    return Verdict.CONTINUE;
  }
}
