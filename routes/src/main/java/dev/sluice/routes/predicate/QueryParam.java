package dev.sluice.routes.predicate;

import dev.sluice.routes.args.Regex;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.model.QueryString;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;
import java.util.List;
import java.util.Optional;

/// Names and values are decoded as those of HTML forms; names are case-sensitive. Any of several values may match.
@Declaration(
    name = "QueryParam",
    summary = "Matches when the query has the parameter, or one of its values contains a match of the expression",
    examples = {
      @Example(value = """
          debug: QueryParam("debug") -> inlineContent("debug") -> <shunt>;""", request = "GET /?debug", answer = "200"),
      @Example("""
          numbered: QueryParam("v", /^[0-9]+$/) -> inlineContent("numbered") -> <shunt>;""")
    })
public record QueryParam(
    @Arg("Name of the parameter") String name, @Arg("What to look for in its values") Optional<Regex> expression)
    implements StatelessPredicate {
  @Override
  public boolean test(Request request) {
    String query = request.query();
    if (query == null || query.isEmpty()) {
      return false;
    }
    return expression.isEmpty()
        ? QueryString.first(query, name) != null
        : anyMatches(QueryString.all(query, name), expression.get());
  }

  private static boolean anyMatches(List<String> values, Regex expression) {
    for (int i = 0; i < values.size(); i++) {
      if (expression.find(values.get(i))) {
        return true;
      }
    }
    return false;
  }
}
