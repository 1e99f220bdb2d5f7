package dev.sluice.proxy.filter.header;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Copies the first value of a request header to another. Nothing happens when it is missing or empty. The client's Host is no header; as a target
/// `Host` is the Host that the backend gets.
@Declaration(
    name = "copyRequestHeader",
    deprecatedNames = "requestCopyHeader",
    summary = "Copies a request header to another name",
    examples = @Example("""
        r: * -> copyRequestHeader("X-Flow-Id", "X-Request-Id") -> "https://api.example.org";"""))
public record CopyRequestHeader(
    @Arg("name of the source") HeaderName from,
    @Arg("name of the target; its earlier values are replaced") HeaderName to)
    implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    String value = RequestHeaders.first(x, from);
    if (value != null && !value.isEmpty()) {
      RequestHeaders.set(x, to, value);
    }
    return Verdict.CONTINUE;
  }
}
