package dev.sluice.proxy.filter.header;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Copies the first value of a response header to another. Nothing happens when it is missing or empty.
@Declaration(
    name = "copyResponseHeader",
    deprecatedNames = "responseCopyHeader",
    summary = "Copies a response header to another name",
    examples = @Example("""
        r: * -> copyResponseHeader("X-Backend-Id", "X-Served-By") -> "https://api.example.org";"""))
public record CopyResponseHeader(
    @Arg("name of the source") HeaderName from,
    @Arg("name of the target; its earlier values are replaced") HeaderName to)
    implements StatelessFilter {

  @Override
  public Verdict response(Exchange x) {
    String value = x.response().headers().first(from.name());
    if (value != null && !value.isEmpty()) {
      ResponseHeaders.set(x, to, value);
    }
    return Verdict.CONTINUE;
  }
}
