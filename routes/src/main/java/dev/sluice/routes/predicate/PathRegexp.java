package dev.sluice.routes.predicate;

import dev.sluice.routes.args.Regex;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.model.RequestPath;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;

/// Sees the decoded path with runs of slashes made one, and its slash at the end also with `-ignore-trailing-slash`.
@Declaration(
    name = "PathRegexp",
    summary = "Matches when the path contains a match of the expression",
    examples = @Example(value = """
        pages: PathRegexp(/[.]html$/) -> inlineContent("a page") -> <shunt>;""", request = "GET /a/b.html", answer = "200"))
public record PathRegexp(@Arg("What to look for in the path") Regex expression) implements StatelessPredicate {
  @Override
  public boolean test(Request request) {
    return expression.find(RequestPath.clean(request.path()));
  }
}
