package dev.sluice.proxy.filter.flow;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;
import java.time.Duration;

/// Limits the time for writing the response; beyond it the connection is closed.
@Declaration(
    name = "writeTimeout",
    summary = "Limits the time for writing the response",
    examples = @Example("""
        r: * -> writeTimeout("30s") -> "https://api.example.org";"""))
public record WriteTimeout(@Arg(value = "longest time", min = 1e-9) Duration timeout) implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    x.outgoing().writeTimeout(timeout.toNanos());
    return Verdict.CONTINUE;
  }
}
