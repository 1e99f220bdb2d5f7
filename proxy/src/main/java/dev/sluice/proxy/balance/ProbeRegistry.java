package dev.sluice.proxy.balance;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.observe.EngineView.CheckView;
import dev.sluice.proxy.upstream.Upstream;
import dev.sluice.routes.model.Endpoint;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;

/// The endpoint checks of a gateway. Equal checks of one endpoint are one, whatever routes and tables ask for them; it ends when the last of these is
/// gone. Thread-safe; not on the path of requests.
public final class ProbeRegistry {
  private final Map<Key, Used> probes = new HashMap<>();
  private final Logger log;
  private List<EndpointProbe.Place> places = List.of();
  private int next;

  private record Key(String scheme, String host, int port, HealthCheck check) {}

  private static final class Used {
    private final EndpointProbe probe;
    private int users;

    private Used(EndpointProbe probe) {
      this.probe = probe;
    }
  }

  /// @param log where it is said that an endpoint goes or comes back
  public ProbeRegistry(Logger log) {
    this.log = log;
  }

  /// From now on checks run, those asked for before as well.
  ///
  /// @param loops that they are spread over
  public synchronized void open(List<? extends EventLoop> loops, Function<EventLoop, Upstream> upstreams) {
    places = loops.stream().map(loop -> new EndpointProbe.Place(loop, upstreams.apply(loop))).toList();
    probes.values().forEach(used -> start(used.probe));
  }

  private void start(EndpointProbe probe) {
    if (!places.isEmpty()) {
      probe.start(places.get(next++ % places.size()));
    }
  }

  /// The check of this endpoint for a route that is about to run; given back by [#release].
  public synchronized EndpointProbe use(Endpoint endpoint, HealthCheck check) {
    Used used = probes.computeIfAbsent(key(endpoint, check), key -> {
      EndpointProbe probe = new EndpointProbe(endpoint, check, log);
      start(probe);
      return new Used(probe);
    });
    used.users++;
    return used.probe;
  }

  /// A route that used it is gone.
  public synchronized void release(Endpoint endpoint, HealthCheck check) {
    Key key = key(endpoint, check);
    Used used = probes.get(key);
    if (used != null && --used.users == 0) {
      probes.remove(key);
      used.probe.stop();
    }
  }

  private static Key key(Endpoint endpoint, HealthCheck check) {
    return new Key(endpoint.scheme(), endpoint.host(), endpoint.port(), check);
  }

  /// All that run.
  public synchronized List<CheckView> views() {
    return probes.values().stream()
        .map(used -> used.probe.view())
        .sorted(Comparator.comparing(CheckView::address).thenComparing(CheckView::path))
        .toList();
  }
}
