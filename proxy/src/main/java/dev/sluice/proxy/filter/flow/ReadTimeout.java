package dev.sluice.proxy.filter.flow;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;
import java.time.Duration;

/// Limits the time for reading the request body; a client that is too slow gets 408.
@Declaration(
    name = "readTimeout",
    summary = "Limits the time for reading the request body",
    examples = @Example("""
        r: * -> readTimeout("10s") -> "https://api.example.org";"""))
public record ReadTimeout(@Arg("longest time") Duration timeout) implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    x.outgoing().readTimeout(Math.max(1, timeout.toNanos())); // zero expires at once; there, 0 means no limit
    return Verdict.CONTINUE;
  }
}
