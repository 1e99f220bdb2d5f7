package dev.sluice.routes.predicate;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;

/// Weighs one, like other predicates, and is there for that.
@Declaration(
    name = "True",
    summary = "Always matches",
    ignoresArguments = true,
    examples = @Example(value = """
        first: Path("/x") && True() -> inlineContent("first") -> <shunt>;""", request = "GET /x", answer = "200"))
public record True() implements StatelessPredicate {
  @Override
  public boolean test(Request request) {
    return true;
  }
}
