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

/// As `lifo`, but the place is held until the body was sent.
@Declaration(
    name = "lifoWithBody",
    summary = "As lifo, counting the time until the body was sent",
    lastOneCounts = true,
    examples = @Example("""
        r: * -> lifoWithBody(100, 150, "10s") -> "https://api.example.org";"""))
public record LifoWithBody(
    @Arg("requests that may run at once, 100 when left out") Optional<Integer> maxConcurrency,
    @Arg("requests that may wait, 100 when left out; 0: any number") Optional<Integer> maxQueueSize,
    @Arg("longest wait, 10s when left out") Optional<Duration> timeout)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    StackSettings numbers = StackSettings.of(maxConcurrency, maxQueueSize, timeout);
    WaitQueue queue = RouteQueues.of(services, "lifoWithBody", site.routeId(), true, numbers.running(), numbers.waiting());
    return new QueueFilter(queue, numbers::waitNanos, true);
  }
}
