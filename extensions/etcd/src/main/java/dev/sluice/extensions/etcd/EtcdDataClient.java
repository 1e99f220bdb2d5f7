package dev.sluice.extensions.etcd;

import dev.sluice.extensions.etcd.EtcdKeys.Change;
import dev.sluice.extensions.etcd.EtcdKeys.Directory;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.Span;
import dev.sluice.routes.compile.RouteCode;
import dev.sluice.routes.spi.DataClient;
import dev.sluice.routes.spi.Snapshot;
import dev.sluice.routes.spi.StoredRoute;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The routes in etcd, followed: reads the directory, then waits for change after change. When a watch fails, or etcd has forgotten what happened
/// since, the directory is read again; until that works the last routes stay, and attempts come less and less often, up to one in 30 seconds.
///
/// Changes that come close together are published together. Keys below a directory in the directory are no routes; when the directory is
/// deleted, there are none.
final class EtcdDataClient implements DataClient {
  private static final Logger LOG = LoggerFactory.getLogger(EtcdDataClient.class);
  private static final Duration SETTLE = Duration.ofMillis(20);
  private static final Duration MOST_SETTLING = Duration.ofMillis(500);
  /// A watch that lasted this long was a good one, however it ended.
  private static final Duration GOOD_WATCH = Duration.ofSeconds(1);
  private static final int BAD_WATCHES = 3;
  private static final long FIRST_DELAY_MILLIS = 100;
  private static final long MOST_DELAY_MILLIS = 30_000;

  private final EtcdKeys keys;
  private final Duration watch;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final TreeMap<String, StoredRoute> routes = new TreeMap<>();
  private long index;
  private int failures;
  private @Nullable String reported;

  /// @param poll after this time without a change a new watch is begun, so that a connection that died in silence is noticed
  EtcdDataClient(EtcdServers servers, Duration poll) {
    keys = new EtcdKeys(servers);
    // Longer than a call may take, so that a member that does not even begin to answer is told from one without a change.
    watch = servers.timeout().plus(poll.isPositive() ? poll : Duration.ofMillis(1));
  }

  @Override
  public String name() {
    return "etcd " + keys.root();
  }

  @Override
  public void run(Consumer<Snapshot> publish) throws InterruptedException {
    do {
      try {
        read();
        publish(publish, null);
        follow(publish);
      } catch (EtcdFailure e) {
        if (closed.getCount() > 0) {
          publish(publish, e.getMessage());
        }
      }
    } while (!closed.await(delayMillis(), TimeUnit.MILLISECONDS));
  }

  @Override
  public void close() {
    closed.countDown();
    keys.close();
  }

  private void read() throws EtcdFailure, InterruptedException {
    Directory directory = keys.read();
    index = directory.index();
    routes.keySet().retainAll(directory.routes().keySet());
    directory.routes().forEach(this::put);
  }

  /// Ends when the directory has to be read again: etcd has forgotten what happened since, or the member is gone.
  private void follow(Consumer<Snapshot> publish) throws InterruptedException {
    long begin = System.nanoTime();
    try {
      while (closed.getCount() > 0) {
        Change change = keys.watch(index, watch);
        if (change != null) {
          takeAll(change, publish);
        }
      }
    } catch (EtcdFailure e) {
      if (System.nanoTime() - begin >= GOOD_WATCH.toNanos()) {
        failures = 0;
      } else if (failures == BAD_WATCHES) {
        LOG.warn("etcd cannot be watched, its routes are read from time to time only: {}", e.getMessage());
      }
    }
  }

  /// Takes a change, and those that come shortly after it.
  private void takeAll(Change first, Consumer<Snapshot> publish) throws EtcdFailure, InterruptedException {
    long end = System.nanoTime() + MOST_SETTLING.toNanos();
    Change change = first;
    try {
      while (change != null) {
        apply(change);
        change = System.nanoTime() - end < 0 ? keys.watch(index, SETTLE) : null;
      }
    } finally {
      publish(publish, null);
    }
  }

  private void apply(Change change) {
    EtcdNode node = change.node();
    index = node.index();
    if (node.parent().equals(keys.root())) {
      if (change.gone() || node.directory()) {
        routes.remove(node.id());
      } else {
        put(node.id(), node.value());
      }
    } else if (change.gone() && (keys.root() + "/").startsWith(node.key() + "/")) {
      routes.clear();
    }
  }

  private void put(String id, String value) {
    routes.put(id, EtcdRouteStore.stored(keys.root(), id, value));
  }

  private void publish(Consumer<Snapshot> publish, @Nullable String problem) {
    if (problem == null) {
      reported = null;
      publish.accept(new Snapshot(List.of(), List.copyOf(routes.values()), List.of()));
    } else if (!problem.equals(reported)) {
      reported = problem;
      var unreadable = Diagnostic.error(RouteCode.SOURCE_UNREADABLE, null, Span.NONE, "routes cannot be read from etcd: " + problem);
      publish.accept(new Snapshot(List.of(), List.copyOf(routes.values()), List.of(unreadable)));
    }
  }

  /// None before the first new attempt, then longer and longer.
  private long delayMillis() {
    if (failures++ == 0) {
      return 0;
    }
    long longest = Math.min(MOST_DELAY_MILLIS, FIRST_DELAY_MILLIS << Math.min(failures, 20));
    return ThreadLocalRandom.current().nextLong(longest / 2, longest);
  }
}
