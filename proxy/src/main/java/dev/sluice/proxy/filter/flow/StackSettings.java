package dev.sluice.proxy.filter.flow;

import java.time.Duration;
import java.util.Optional;

/// The numbers of a lifo filter: what is out of range becomes the default, as in the language's original.
record StackSettings(int running, int waiting, long waitNanos) {
  static final StackSettings DEFAULT = new StackSettings(100, 100, 10_000_000_000L);

  static StackSettings of(Optional<Integer> running, Optional<Integer> waiting, Optional<Duration> wait) {
    return new StackSettings(
        running.filter(n -> n >= 1).orElse(DEFAULT.running),
        waiting.filter(n -> n >= 0).orElse(DEFAULT.waiting),
        wait.map(Duration::toNanos).filter(n -> n >= 1_000_000).orElse(DEFAULT.waitNanos));
  }
}
