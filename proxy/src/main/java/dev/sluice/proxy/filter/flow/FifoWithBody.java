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

/// As `fifo`, but the place is held until the body was sent.
@Declaration(
    name = "fifoWithBody",
    summary = "As fifo, counting the time until the body was sent",
    lastOneCounts = true,
    examples = @Example("""
        r: * -> fifoWithBody(100, 150, "10s") -> "https://api.example.org";"""))
public record FifoWithBody(
    @Arg(value = "requests that may run at once", min = 1) int maxConcurrency,
    @Arg(value = "requests that may wait", min = 0) int maxQueueSize,
    @Arg(value = "longest wait, at least 1ms", min = 0.001) Duration timeout)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    WaitQueue queue = RouteQueues.of(services, "fifoWithBody", site.routeId(), false, maxConcurrency, maxQueueSize);
    return new QueueFilter(queue, timeout::toNanos, true);
  }
}
