package dev.sluice.routes.predicate;

import dev.sluice.routes.args.Cookies;
import dev.sluice.routes.args.Regex;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;

/// Of several cookies of this name the first counts. Values are not decoded; quotes around one are removed.
@Declaration(
    name = "Cookie",
    summary = "Matches when the cookie's value contains a match of the expression",
    examples = @Example("""
        beta: Cookie("group", /^beta$/) -> inlineContent("beta") -> <shunt>;"""))
public record Cookie(@Arg("Name, case-sensitive") String name, @Arg("What to look for in the value") Regex expression)
    implements StatelessPredicate {
  @Override
  public boolean test(Request request) {
    String value = Cookies.first(request.headers(), name);
    return value != null && expression.find(value);
  }
}
