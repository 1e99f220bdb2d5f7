package dev.sluice.proxy.balance;

import dev.sluice.proxy.observe.EngineView.EndpointView;
import dev.sluice.routes.model.Endpoint;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/// Live counts and health of endpoints, shared by all routes and tables of a gateway. An endpoint is known by host and port, and for a minute after the last
/// route that names it is gone. Thread-safe.
public final class EndpointRegistry {
  private static final long REMEMBERED = TimeUnit.MINUTES.toNanos(1);

  private final ConcurrentHashMap<Address, EndpointCounts> known = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;
  private final InstantSource clock;
  private final @Nullable PassiveHealth health;
  private final Logger log;
  private final long started;
  private final AtomicLong lastSweep;

  /// @param nanoTime monotonic
  /// @param health the rule by which endpoints count as failing, or null: none does
  /// @param log where it is said which endpoint fails, once in a period
  public EndpointRegistry(LongSupplier nanoTime, InstantSource clock, @Nullable PassiveHealth health, Logger log) {
    this.nanoTime = nanoTime;
    this.clock = clock;
    this.health = health;
    this.log = log;
    this.started = nanoTime.getAsLong();
    this.lastSweep = new AtomicLong(started);
  }

  private record Address(String host, int port) {
    String text() {
      return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
  }

  /// The counts of this endpoint for a route that is about to run; given back by [EndpointCounts#release].
  public EndpointCounts use(Endpoint endpoint) {
    long now = nanoTime.getAsLong();
    sweep(now);
    return known.compute(new Address(endpoint.host(), endpoint.port()), (address, counts) -> {
      EndpointCounts used = counts == null || counts.isForgotten(now, REMEMBERED) ? counts(address, now) : counts;
      used.use();
      return used;
    });
  }

  public InstantSource clock() {
    return clock;
  }

  public LongSupplier nanoTime() {
    return nanoTime;
  }

  public @Nullable PassiveHealth health() {
    return health;
  }

  /// What is known of the endpoints now, sorted by address.
  public List<EndpointView> views() {
    long now = nanoTime.getAsLong();
    var views = new ArrayList<EndpointView>(known.size());
    known.forEach((address, counts) -> views.add(counts.view(address.text(), now)));
    views.sort(Comparator.comparing(EndpointView::address));
    return views;
  }

  /// How many endpoints are known.
  int size() {
    return known.size();
  }

  private EndpointCounts counts(Address address, long now) {
    return new EndpointCounts(nanoTime, now, health == null ? null : new EndpointHealth(address.text(), health, started, log));
  }

  /// Once in a while, so that loading many routes does not cost the square of their number.
  private void sweep(long now) {
    long last = lastSweep.get();
    if (now - last > REMEMBERED && lastSweep.compareAndSet(last, now)) {
      for (Address address : known.keySet()) {
        known.computeIfPresent(address, (a, counts) -> counts.isForgotten(now, REMEMBERED) ? null : counts);
      }
    }
  }
}
