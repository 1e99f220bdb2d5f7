package dev.sluice.proxy.filter.flow;

import dev.sluice.proxy.limit.WaitQueue;
import dev.sluice.routes.spi.Services;

/// The queues that belong to routes. A queue outlives table switches; changed numbers make a new one, and who runs keeps its place in the old one.
final class RouteQueues {
  private RouteQueues() {}

  /// @param kind the filter's name: each has its own queue
  static WaitQueue of(Services services, String kind, String routeId, boolean newestFirst, int running, int waiting) {
    return services.shared(
        WaitQueue.class,
        new Identity(kind, routeId, running, waiting),
        made -> new WaitQueue(newestFirst, running, waiting));
  }

  private record Identity(String kind, String routeId, int running, int waiting) {}
}
