package dev.sluice.proxy.filter.content;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Makes the status 200, whatever answered.
@Declaration(
    name = "healthcheck",
    summary = "Sets the status of the response to 200",
    ignoresArguments = true,
    examples = @Example(value = """
        alive: Path("/healthz") -> healthcheck() -> <shunt>;""", request = "GET /healthz", answer = "200"))
public record Healthcheck() implements StatelessFilter {

  @Override
  public Verdict response(Exchange x) {
    x.response().status(200);
    return Verdict.CONTINUE;
  }
}
