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

/// Limits how many requests of a route run at once; others wait in order of arrival. A full queue answers 503, a wait that is too long 502, both
/// with an empty body. The place is given back when the response head is there. Only the last `fifo` of a route counts.
@Declaration(
    name = "fifo",
    summary = "Limits concurrent requests of a route, with a queue in order of arrival",
    lastOneCounts = true,
    examples = @Example("""
        r: * -> fifo(100, 150, "10s") -> "https://api.example.org";"""))
public record Fifo(
    @Arg(value = "requests that may run at once", min = 1) int maxConcurrency,
    @Arg(value = "requests that may wait", min = 0) int maxQueueSize,
    @Arg(value = "longest wait, at least 1ms", min = 0.001) Duration timeout)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    WaitQueue queue = RouteQueues.of(services, "fifo", site.routeId(), false, maxConcurrency, maxQueueSize);
    return new QueueFilter(queue, timeout::toNanos, false);
  }
}
