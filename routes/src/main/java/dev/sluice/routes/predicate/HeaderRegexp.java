package dev.sluice.routes.predicate;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.args.Regex;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Headers;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;
import dev.sluice.routes.table.IndexedPredicate;
import java.util.List;

/// Looks into each line of the header; lists inside a line are not split. Several for one name must all match, on one line or on
/// different ones, and weigh once. Host is not among the headers.
@Declaration(
    name = "HeaderRegexp",
    summary = "Matches when a line of the header contains a match of the expression",
    examples = @Example("""
        json: HeaderRegexp("Accept", /application\\/(json|xml)/) -> inlineContent("{}") -> <shunt>;"""))
public record HeaderRegexp(@Arg("Name, in any case") HeaderName name, @Arg("What to look for in the value") Regex expression)
    implements StatelessPredicate, IndexedPredicate {
  @Override
  public boolean test(Request request) {
    Headers headers = request.headers();
    String first = headers.first(name.name());
    return first != null && (expression.find(first) || isInAnotherLine(headers.all(name.name())));
  }

  @Override
  public HeaderName weighsOnceWith() {
    return name;
  }

  private boolean isInAnotherLine(List<String> lines) {
    for (int i = 1; i < lines.size(); i++) {
      if (expression.find(lines.get(i))) {
        return true;
      }
    }
    return false;
  }
}
