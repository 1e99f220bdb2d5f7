package dev.sluice.routes.predicate;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Headers;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;
import java.util.List;

/// Each line of the header is compared as a whole, byte by byte; lists inside a line are not split. Host is not among the
/// headers.
@Declaration(
    name = "Header",
    summary = "Matches when a line of the header equals the value",
    examples = @Example("""
        json: Header("Accept", "application/json") -> inlineContent("{}", "application/json") -> <shunt>;"""))
public record Header(@Arg("Name, in any case") HeaderName name, @Arg("Whole value") String value) implements StatelessPredicate {
  @Override
  public boolean test(Request request) {
    Headers headers = request.headers();
    String first = headers.first(name.name());
    return first != null && (first.equals(value) || anotherLineEquals(headers.all(name.name())));
  }

  private boolean anotherLineEquals(List<String> lines) {
    for (int i = 1; i < lines.size(); i++) {
      if (lines.get(i).equals(value)) {
        return true;
      }
    }
    return false;
  }
}
