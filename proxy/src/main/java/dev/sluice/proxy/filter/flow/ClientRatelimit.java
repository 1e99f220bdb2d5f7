package dev.sluice.proxy.filter.flow;

import dev.sluice.proxy.limit.ClientKey;
import dev.sluice.proxy.limit.ClientWindows;
import dev.sluice.proxy.limit.Limit;
import dev.sluice.proxy.limit.RatelimitSwitch;
import dev.sluice.proxy.limit.SlidingWindow;
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
import java.util.List;
import java.util.Optional;

/// Limits the requests of each client. The client is its address (the first of X-Forwarded-For, else the peer's), the value of a header, or the
/// joined values of several. A request without key is not limited. Routes with the same settings share counters; with several headers each route
/// counts alone.
@Declaration(
    name = "clientRatelimit",
    deprecatedNames = "localRatelimit",
    summary = "Limits requests in a time window, for each client on its own",
    examples = {
      @Example("""
          r: * -> clientRatelimit(10, "1m") -> "https://api.example.org";"""),
      @Example("""
          r: * -> clientRatelimit(10, "1m", "Authorization") -> "https://api.example.org";""")
    })
public record ClientRatelimit(
    @Arg(value = "requests that are allowed in each window", min = 0) int maxHits,
    @Arg(value = "length of the window", bareNumber = BareNumber.SECONDS, min = 1e-9) Duration window,
    @Arg("name of the header that names the client, or several separated by commas") Optional<String> keyHeaders)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) throws RouteProblem {
    RatelimitSwitch.require(services);
    Limit limit = Limit.of(maxHits, window);
    ClientKey key = ClientKey.parse(keyHeaders.orElse(""));
    Object identity = key instanceof ClientKey.SeveralHeaders ? List.of(site.routeId(), key) : key;
    ClientWindows counters = ClientWindows.of(services, identity, limit);
    return new Filter() {
      @Override
      public Verdict request(Exchange x) {
        String client = key.of(x.request());
        if (client.isEmpty()) {
          return Verdict.CONTINUE;
        }
        SlidingWindow counter = counters.window(client);
        return counter.allow() ? Verdict.CONTINUE : new Respond(limit.denial(429, counter.retryAfterSeconds()));
      }
    };
  }
}
