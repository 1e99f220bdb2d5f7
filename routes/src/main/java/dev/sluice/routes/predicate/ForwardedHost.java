package dev.sluice.routes.predicate;

import dev.sluice.routes.args.Regex;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;

/// Of several elements the last host counts. Without the header it never matches; a header without a host has the empty one.
@Declaration(
    name = "ForwardedHost",
    summary = "Matches when the host in the Forwarded header contains a match of the expression",
    examples = @Example("""
        www: ForwardedHost(/^www[.]example[.]org$/) -> inlineContent("www") -> <shunt>;"""))
public record ForwardedHost(@Arg("What to look for in the host") Regex expression) implements StatelessPredicate {
  public ForwardedHost {
    if (expression.toString().isEmpty()) {
      throw new ArgumentProblem(0, "the expression must not be empty");
    }
  }

  @Override
  public boolean test(Request request) {
    String host = Forwarded.last(request.headers(), "host");
    return host != null && expression.find(host);
  }
}
