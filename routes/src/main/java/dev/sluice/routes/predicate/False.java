package dev.sluice.routes.predicate;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;

/// Switches a route off without removing it.
@Declaration(
    name = "False",
    summary = "Never matches",
    ignoresArguments = true,
    examples = @Example(value = """
        off: Path("/x") && False() -> inlineContent("never seen") -> <shunt>;""", request = "GET /x", answer = "404"))
public record False() implements StatelessPredicate {
  @Override
  public boolean test(Request request) {
    return false;
  }
}
