package dev.sluice.proxy.filter.content;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.Respond;

/// Reads and drops the request body and answers an empty 200.
@Declaration(
    name = "absorbSilent",
    summary = "Drops the request body and answers 200",
    answers = true,
    ignoresArguments = true,
    examples = @Example("""
        r: * -> absorbSilent() -> <shunt>;"""))
public record AbsorbSilent() implements StatelessFilter {
  private static final Verdict DONE = new Respond(Answer.of(200));

  @Override
  public Verdict request(Exchange x) {
    return DONE;
  }
}
