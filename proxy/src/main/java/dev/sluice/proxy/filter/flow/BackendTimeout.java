package dev.sluice.proxy.filter.flow;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;
import java.time.Duration;

/// Limits the whole backend call, retries included; beyond it the client gets 504, or the response is broken off.
@Declaration(
    name = "backendTimeout",
    summary = "Limits the time of the backend call",
    examples = @Example("""
        r: * -> backendTimeout("10ms") -> "https://api.example.org";"""))
public record BackendTimeout(@Arg("longest time") Duration timeout) implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    x.outgoing().backendTimeout(Math.max(1, timeout.toNanos())); // zero expires at once; there, 0 means no limit
    return Verdict.CONTINUE;
  }
}
