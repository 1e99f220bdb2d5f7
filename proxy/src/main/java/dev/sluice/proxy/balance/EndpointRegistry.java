package dev.sluice.proxy.balance;

import dev.sluice.routes.model.Endpoint;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Live counts of endpoints, shared by all routes and tables of a gateway. An endpoint is known by scheme, host and port. Thread-safe.
public final class EndpointRegistry {
  private final ConcurrentHashMap<String, Counts> counts = new ConcurrentHashMap<>();

  /// The counts of this endpoint; the same object for as long as the gateway runs.
  public Counts of(Endpoint endpoint) {
    return counts.computeIfAbsent(endpoint.scheme() + "://" + endpoint.host() + ":" + endpoint.port(), key -> new Counts());
  }

  /// Counts of one endpoint.
  public static final class Counts {
    private final AtomicInteger inFlight = new AtomicInteger();

    /// Attempts under way, up to the response head.
    public int inFlight() {
      return inFlight.get();
    }

    public void begin() {
      inFlight.incrementAndGet();
    }

    public void end() {
      inFlight.decrementAndGet();
    }
  }
}
