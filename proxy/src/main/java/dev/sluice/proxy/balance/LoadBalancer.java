package dev.sluice.proxy.balance;

import dev.sluice.routes.spi.Exchange;

/// Picks an endpoint. One per endpoint list, shared by all loops: what it counts is atomic.
public interface LoadBalancer {
  /// @return an index that `left` has, or -1 when it has none
  int pick(Exchange x, Candidates left);

  /// The endpoints that may be picked: those of the route without those tried, fading in or unhealthy.
  interface Candidates {
    /// Number of all endpoints of the route.
    int size();

    boolean has(int i);

    /// Requests under way at this endpoint, over all routes.
    int inFlight(int i);
  }
}
