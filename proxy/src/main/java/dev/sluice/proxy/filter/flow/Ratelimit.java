package dev.sluice.proxy.filter.flow;

import dev.sluice.proxy.limit.Limit;
import dev.sluice.proxy.limit.RatelimitSwitch;
import dev.sluice.proxy.limit.ServiceLimits;
import dev.sluice.proxy.limit.SlidingWindow;
import dev.sluice.routes.args.StatusCode;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Arg.BareNumber;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.RouteProblem;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.Respond;
import java.time.Duration;
import java.util.Optional;

/// Limits the requests of all clients together. Routes with the same numbers share one counter, whatever the status; counters outlive a table
/// switch. A denied request is answered with an empty body, `X-Rate-Limit` (per hour) and `Retry-After`, and is not counted.
@Declaration(
    name = "ratelimit",
    summary = "Limits requests in a time window, for all clients together",
    examples = {
      @Example("""
          r: * -> ratelimit(20, "1m") -> "https://api.example.org";"""),
      @Example("""
          r: * -> ratelimit(300, "1h", 503) -> "https://api.example.org";""")
    })
public record Ratelimit(
    @Arg(value = "requests that are allowed in each window", min = 0) int maxHits,
    @Arg(value = "length of the window", bareNumber = BareNumber.SECONDS, min = 1e-9) Duration window,
    @Arg("status of a denial, 429 when left out") Optional<StatusCode> status)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) throws RouteProblem {
    RatelimitSwitch.require(services);
    Limit limit = Limit.of(maxHits, window);
    SlidingWindow counter = ServiceLimits.window(services, "", limit);
    int denied = status.map(StatusCode::code).orElse(429);
    return new Filter() {
      @Override
      public Verdict request(Exchange x) {
        return counter.allow() ? Verdict.CONTINUE : new Respond(limit.denial(denied, counter.retryAfterSeconds()));
      }
    };
  }
}
