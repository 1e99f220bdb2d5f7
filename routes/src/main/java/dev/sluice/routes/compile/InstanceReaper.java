package dev.sluice.routes.compile;

import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.table.IndexedTable;
import dev.sluice.routes.table.Route;
import dev.sluice.routes.table.RouteTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Closes running filters and backends that no table holds any more.
///
/// An instance is held by an unbroken row of tables: from the one it was made for to the one before that which dropped it. It is
/// closed when all of these have ended their last lease. Instances that are their own spec hold nothing and are left out.
final class InstanceReaper {
  private static final Logger LOG = LoggerFactory.getLogger(InstanceReaper.class);

  /// Since which table each instance of the current table runs; from the first one on where nothing is said.
  private final Map<AutoCloseable, Long> since = new IdentityHashMap<>();
  private final List<Dropped> dropped = new ArrayList<>();
  private final Set<Long> inUse = new TreeSet<>();

  /// @param first version of the first table that held it
  /// @param last version of the last one
  private record Dropped(AutoCloseable instance, long first, long last) {}

  synchronized void switched(IndexedTable previous, IndexedTable next) {
    Map<String, Route> before = HashMap.newHashMap(previous.routes().size());
    previous.routes().forEach(route -> before.put(route.id(), route));
    for (Route route : next.routes()) {
      Route old = before.remove(route.id());
      if (old == null || old.filters() != route.filters() || old.backend() != route.backend()) {
        List<AutoCloseable> ended = old == null ? List.of() : instances(old);
        List<AutoCloseable> begun = instances(route);
        drop(ended, begun, previous.version());
        begin(begun, ended, next.version());
      }
    }
    before.values().forEach(old -> drop(instances(old), List.of(), previous.version()));
    inUse.add(previous.version());
    previous.retire(() -> Thread.startVirtualThread(() -> drained(previous.version())));
  }

  synchronized void discard(IndexedTable unused, RouteTable current) {
    Set<AutoCloseable> kept = Collections.newSetFromMap(new IdentityHashMap<>());
    current.routes().forEach(route -> kept.addAll(instances(route)));
    for (Route route : unused.routes()) {
      instances(route).stream().filter(kept::add).forEach(InstanceReaper::close);
    }
  }

  private void begin(List<AutoCloseable> begun, List<AutoCloseable> before, long version) {
    for (AutoCloseable instance : begun) {
      if (version > 1 && !contains(before, instance)) {
        since.put(instance, version);
      }
    }
  }

  private void drop(List<AutoCloseable> ended, List<AutoCloseable> kept, long version) {
    for (AutoCloseable instance : ended) {
      if (!contains(kept, instance)) {
        Long first = since.remove(instance);
        dropped.add(new Dropped(instance, first == null ? 1 : first, version));
      }
    }
  }

  private static boolean contains(List<AutoCloseable> instances, AutoCloseable instance) {
    return instances.stream().anyMatch(other -> other == instance);
  }

  private void drained(long version) {
    var closing = new ArrayList<AutoCloseable>();
    synchronized (this) {
      inUse.remove(version);
      dropped.removeIf(each -> {
        boolean free = inUse.stream().noneMatch(table -> table >= each.first && table <= each.last);
        return free && closing.add(each.instance);
      });
    }
    closing.forEach(InstanceReaper::close);
  }

  static void close(AutoCloseable instance) {
    try {
      instance.close();
    } catch (Exception e) {
      LOG.warn("closing {} failed", instance.getClass().getName(), e);
    }
  }

  private static List<AutoCloseable> instances(Route route) {
    var instances = new ArrayList<AutoCloseable>(2);
    for (Filter filter : route.filters()) {
      if (!(filter instanceof StatelessFilter)) {
        instances.add(filter);
      }
    }
    instances.add(route.backend());
    return instances;
  }
}
