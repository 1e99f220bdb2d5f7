package dev.sluice.proxy.filter.header;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.args.Template;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Sets a header of the response. A value with a missing placeholder changes nothing. Placeholders see the request as filters left it, and
/// `response.header.X`.
@Declaration(
    name = "setResponseHeader",
    summary = "Sets a response header, replacing earlier values",
    examples = @Example("""
        r: * -> setResponseHeader("Cache-Control", "no-store") -> "https://api.example.org";"""))
public record SetResponseHeader(
    @Arg("name of the header") HeaderName name,
    @Arg("new value; may hold placeholders") Template value)
    implements StatelessFilter {

  @Override
  public Verdict response(Exchange x) {
    String text = value.render(x);
    if (text != null) {
      ResponseHeaders.set(x, name, text);
    }
    return Verdict.CONTINUE;
  }
}
