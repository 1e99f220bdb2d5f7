package dev.sluice.proxy.limit;

import dev.sluice.routes.spi.Services;

/// The counters for all clients together: one for each limit in the process, so that routes with equal limits share it and a table switch does not
/// touch it.
public final class ServiceLimits {
  private ServiceLimits() {}

  /// @param group a further part of the counter's identity; empty for the filter `ratelimit`
  public static SlidingWindow window(Services services, String group, Limit limit) {
    return services.shared(
        SlidingWindow.class,
        new Identity(group, limit),
        identity -> new SlidingWindow(limit.maxHits(), limit.windowNanos(), services.nanoTime()));
  }

  private record Identity(String group, Limit limit) {}
}
