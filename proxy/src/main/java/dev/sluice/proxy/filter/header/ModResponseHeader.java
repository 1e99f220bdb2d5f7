package dev.sluice.proxy.filter.header;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.args.Regex;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Rewrites the first value of a response header; further lines are dropped. Without the header nothing happens.
@Declaration(
    name = "modResponseHeader",
    summary = "Rewrites a response header by a regular expression",
    examples = @Example("""
        r: * -> modResponseHeader("Location", "^http://[^/]+", "https://www.example.org") -> "https://api.example.org";"""))
public record ModResponseHeader(
    @Arg("name of the header") HeaderName name,
    @Arg("every match is replaced") Regex pattern,
    @Arg("replacement; $1 and ${name} are groups") String replacement)
    implements StatelessFilter {

  @Override
  public Verdict response(Exchange x) {
    String value = x.response().headers().first(name.name());
    if (value != null) {
      ResponseHeaders.set(x, name, pattern.replaceAll(value, replacement));
    }
    return Verdict.CONTINUE;
  }
}
