package dev.sluice.routes.predicate;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.StatelessPredicate;

/// The copies carry the label in the header X-Tee-Loopback-Key, which is taken off requests that come in.
@Declaration(
    name = "Tee",
    summary = "Matches copies that teeLoopback made with this label",
    examples = @Example("""
        shadow: Tee("A") && True() -> inlineContent("copy") -> <shunt>;"""))
public record Tee(@Arg("Label") String label) implements StatelessPredicate {
  public static final String HEADER = "X-Tee-Loopback-Key";

  public Tee {
    if (label.isEmpty()) {
      throw new ArgumentProblem(0, "the label must not be empty");
    }
  }

  @Override
  public boolean test(Request request) {
    return label.equals(request.headers().first(HEADER));
  }
}
