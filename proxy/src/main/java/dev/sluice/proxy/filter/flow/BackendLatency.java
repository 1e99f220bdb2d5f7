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

/// Delays the request before it goes on to the backend.
@Declaration(
    name = "backendLatency",
    summary = "Delays the request to the backend",
    examples = @Example("""
        r: * -> backendLatency("100ms") -> "https://api.example.org";"""))
public record BackendLatency(
    @Arg(value = "time added to each request", bareNumber = BareNumber.MILLISECONDS, min = 0) Duration delay)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    Verdict verdict = new After(delay.toNanos(), Verdict.CONTINUE);
    return new Filter() {
      @Override
      public Verdict request(Exchange x) {
        return verdict;
      }
    };
  }
}
