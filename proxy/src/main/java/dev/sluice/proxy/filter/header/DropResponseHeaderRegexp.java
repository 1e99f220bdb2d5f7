package dev.sluice.proxy.filter.header;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.args.Regex;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Removes those lines of a response header whose value matches. Does nothing when the first line is empty.
@Declaration(
    name = "dropResponseHeaderRegexp",
    summary = "Removes the values of a response header that match a regular expression",
    examples = @Example("""
        r: * -> dropResponseHeaderRegexp("Set-Cookie", "^tracking=") -> "https://api.example.org";"""))
public record DropResponseHeaderRegexp(
    @Arg("name of the header") HeaderName name,
    @Arg("values that match anywhere are removed") Regex pattern)
    implements StatelessFilter {

  @Override
  public Verdict response(Exchange x) {
    HeaderLines.removeMatching(x.response().headers(), name.name(), pattern);
    return Verdict.CONTINUE;
  }
}
