package dev.sluice.proxy.filter.flow;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Arg.BareNumber;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.After;
import java.time.Duration;

/// Delays the response before its head is sent, on top of what the backend took. Not for the gateway's own errors.
@Declaration(
    name = "latency",
    summary = "Delays the response",
    examples = @Example("""
        r: * -> latency("100ms") -> "https://api.example.org";"""))
public record Latency(
    @Arg(value = "time added to each response", bareNumber = BareNumber.MILLISECONDS, min = 0) Duration delay)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    Verdict verdict = new After(delay.toNanos(), Verdict.CONTINUE);
    return new Filter() {
      @Override
      public Verdict response(Exchange x) {
        return verdict;
      }
    };
  }
}
