package dev.sluice.proxy.observe;

import dev.sluice.routes.model.RouteDefinition;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Leads from a running route to its counters. Kept with the route, so that recording finds them by one field; a new one for the same id leads to
/// the same counters. Thread-safe: each loop uses a slot of its own.
public final class RouteMetrics {
  private static final RouteCounters[] NONE = {};

  private final String id;
  private final boolean namesHost;

  /// What the loops found before. Not volatile: a loop that misses an entry looks it up again, and counters have final fields only.
  private @Nullable RouteCounters[] byLoop = NONE;

  /// @param namesHost whether the route's predicates hold the request to certain hosts; else metrics by host show one name for all, since clients
  ///     can send any
  public RouteMetrics(String id, boolean namesHost) {
    this.id = id;
    this.namesHost = namesHost;
  }

  public static RouteMetrics of(RouteDefinition route) {
    boolean namesHost = route.predicates().stream().anyMatch(p -> p.name().equals("Host") || p.name().equals("HostAny"));
    return new RouteMetrics(route.id(), namesHost);
  }

  String id() {
    return id;
  }

  boolean namesHost() {
    return namesHost;
  }

  /// The counters of this route on a loop, if that loop asked before. On that loop only.
  @Nullable RouteCounters known(int loop) {
    @Nullable RouteCounters[] found = byLoop;
    return loop < found.length ? found[loop] : null;
  }

  void know(int loop, RouteCounters counters) {
    @Nullable RouteCounters[] slots = byLoop;
    if (loop >= slots.length) {
      slots = Arrays.copyOf(slots, loop + 1);
      slots[loop] = counters;
      byLoop = slots;
    } else {
      slots[loop] = counters;
    }
  }
}
