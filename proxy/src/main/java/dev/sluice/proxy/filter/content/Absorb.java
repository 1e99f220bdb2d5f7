package dev.sluice.proxy.filter.content;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.Respond;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads and drops the request body, logs how much it was, and answers an empty 200.
@Declaration(
    name = "absorb",
    summary = "Drops the request body, logs its size and answers 200",
    answers = true,
    ignoresArguments = true,
    examples = @Example("""
        r: * -> absorb() -> <shunt>;"""))
public record Absorb() implements StatelessFilter {
  private static final Logger LOG = LoggerFactory.getLogger(Absorb.class);
  private static final Verdict DONE = new Respond(Answer.of(200));

  @Override
  public Verdict request(Exchange x) {
    String given = x.request().headers().first("X-Flow-Id");
    String id = given == null ? Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36) : given;
    LOG.info("received request to be absorbed: {}", id);
    x.atEnd(outcome -> LOG.info("request finished: {}, absorbed {} bytes", id, outcome.requestBytes()));
    return DONE;
  }
}
