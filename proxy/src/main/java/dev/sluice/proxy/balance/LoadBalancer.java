package dev.sluice.proxy.balance;

import dev.sluice.routes.spi.Exchange;

/// Picks an endpoint. One per endpoint list, shared by all loops: what it counts is atomic.
public interface LoadBalancer {
  /// @return an index that `left` has, or -1 when it has none
  int pick(Exchange x, Candidates left);

  /// The endpoints that may be picked: those of the route without those of weight 0, tried, fading in or unhealthy. The same ones all through a pick.
  interface Candidates {
    /// Number of all endpoints of the route.
    int size();

    boolean has(int i);

    /// Requests under way at this endpoint, over all routes.
    int inFlight(int i);

    /// How well calls of this endpoint went of late: from 0 to 1, where 1 is without failures.
    double health(int i);

    /// How many there are.
    default int count() {
      int count = 0;
      for (int i = 0; i < size(); i++) {
        count += has(i) ? 1 : 0;
      }
      return count;
    }

    /// Index of one of them.
    ///
    /// @param nth from 0, less than [#count]
    default int at(int nth) {
      int left = nth;
      for (int i = 0; i < size(); i++) {
        if (has(i) && left-- == 0) {
          return i;
        }
      }
      return -1;
    }
  }
}
