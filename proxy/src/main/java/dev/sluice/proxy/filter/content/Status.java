package dev.sluice.proxy.filter.content;

import dev.sluice.routes.args.StatusCode;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Sets the status on the way back, whatever produced the answer; body and headers stay. The first one in the route wins, because response filters
/// run in reverse.
@Declaration(
    name = "status",
    summary = "Sets the status of the response",
    examples = {
      @Example(value = """
          gone: Path("/old") -> status(410) -> <shunt>;""", request = "GET /old", answer = "410"),
      @Example("""
          teapot: * -> status(418) -> inlineContent("short and stout") -> <shunt>;""")
    })
public record Status(@Arg("status code, from 200 to 999") StatusCode code) implements StatelessFilter {

  @Override
  public Verdict response(Exchange x) {
    x.response().status(code.code());
    return Verdict.CONTINUE;
  }
}
