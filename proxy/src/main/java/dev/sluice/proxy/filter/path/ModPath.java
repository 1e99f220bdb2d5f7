package dev.sluice.proxy.filter.path;

import dev.sluice.routes.args.Regex;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Rewrites the decoded path. Path parameters keep the values they were matched with; the query stays.
@Declaration(
    name = "modPath",
    summary = "Rewrites the request path by a regular expression",
    examples = @Example("""
        r: PathSubtree("/api") -> modPath("^/api/(.*)$", "/$1") -> "https://api.example.org";"""))
public record ModPath(
    @Arg("every match is replaced") Regex pattern,
    @Arg("replacement; $1 and ${name} are groups") String replacement)
    implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    RequestPath.set(x.request(), pattern.replaceAll(x.request().path(), replacement));
    return Verdict.CONTINUE;
  }
}
