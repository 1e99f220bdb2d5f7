package dev.sluice.proxy.filter.flow;

import dev.sluice.proxy.limit.WaitQueue;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import java.time.Duration;
import java.util.Optional;

/// Limits how many requests of a route run at once; of those that wait the newest is served first, and a full stack refuses the oldest
/// with 503. A wait that is too long is answered with 502. Only the last `lifo` of a route counts.
@Declaration(
    name = "lifo",
    summary = "Limits concurrent requests of a route, serving the newest waiting one first",
    lastOneCounts = true,
    examples = @Example("""
        r: * -> lifo(100, 150, "10s") -> "https://api.example.org";"""))
public record Lifo(
    @Arg("requests that may run at once, 100 when left out") Optional<Integer> maxConcurrency,
    @Arg("requests that may wait, 100 when left out; 0: any number") Optional<Integer> maxQueueSize,
    @Arg("longest wait, 10s when left out") Optional<Duration> timeout)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    StackSettings numbers = StackSettings.of(maxConcurrency, maxQueueSize, timeout);
    WaitQueue queue = RouteQueues.of(services, "lifo", site.routeId(), true, numbers.running(), numbers.waiting());
    return new QueueFilter(queue, numbers::waitNanos, false);
  }
}
