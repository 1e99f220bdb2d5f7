package dev.sluice.proxy.filter.header;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.args.Template;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Sets a request header for later filters and the backend. A value with a missing placeholder changes nothing. The name `Host` sets the Host that
/// the backend gets; routing and templates still see the client's.
@Declaration(
    name = "setRequestHeader",
    summary = "Sets a request header, replacing earlier values",
    examples = @Example("""
        r: * -> setRequestHeader("X-Env", "test") -> "https://api.example.org";"""))
public record SetRequestHeader(
    @Arg("name of the header") HeaderName name,
    @Arg("new value; may hold placeholders") Template value)
    implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    String text = value.render(x);
    if (text != null) {
      RequestHeaders.set(x, name, text);
    }
    return Verdict.CONTINUE;
  }
}
