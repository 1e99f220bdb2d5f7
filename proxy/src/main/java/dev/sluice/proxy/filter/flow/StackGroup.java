package dev.sluice.proxy.filter.flow;

import dev.sluice.proxy.limit.WaitQueue;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.Services;
import java.time.Duration;
import java.util.Optional;

/// A stack that several routes share by a name. One of them carries the numbers; conflicting ones: the last route built.
final class StackGroup {
  private final WaitQueue queue = new WaitQueue(true, StackSettings.DEFAULT.running(), StackSettings.DEFAULT.waiting());
  private volatile long waitNanos = StackSettings.DEFAULT.waitNanos();

  static StackGroup of(Services services, String name) {
    return services.shared(StackGroup.class, name, made -> new StackGroup());
  }

  static Filter filter(
      Services services,
      String name,
      Optional<Integer> running,
      Optional<Integer> waiting,
      Optional<Duration> wait,
      boolean withBody) {
    StackGroup group = of(services, name);
    if (running.isPresent()) {
      StackSettings numbers = StackSettings.of(running, waiting, wait);
      group.queue.limits(numbers.running(), numbers.waiting());
      group.waitNanos = numbers.waitNanos();
    }
    return new QueueFilter(group.queue, () -> group.waitNanos, withBody);
  }
}
