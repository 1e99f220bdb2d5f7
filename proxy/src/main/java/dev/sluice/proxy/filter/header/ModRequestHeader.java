package dev.sluice.proxy.filter.header;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.args.Regex;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Rewrites the first value of a request header; further lines are dropped. Without the header nothing happens. For `Host` the value is the one that a
/// filter set, else the client's, and the result is the Host that the backend gets.
@Declaration(
    name = "modRequestHeader",
    summary = "Rewrites a request header by a regular expression",
    examples = @Example("""
        r: * -> modRequestHeader("Accept-Language", "^de-.*", "de") -> "https://api.example.org";"""))
public record ModRequestHeader(
    @Arg("name of the header") HeaderName name,
    @Arg("every match is replaced") Regex pattern,
    @Arg("replacement; $1 and ${name} are groups") String replacement)
    implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    String value = name.isHost() ? RequestHeaders.host(x) : x.request().headers().first(name.name());
    if (value != null) {
      RequestHeaders.set(x, name, pattern.replaceAll(value, replacement));
    }
    return Verdict.CONTINUE;
  }
}
