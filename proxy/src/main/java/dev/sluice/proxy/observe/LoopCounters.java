package dev.sluice.proxy.observe;

import dev.sluice.proxy.observe.MetricOptions.Family;
import dev.sluice.routes.spi.Failure;
import dev.sluice.routes.table.Route;
import java.util.IdentityHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/// What one event loop counts. All methods that record run on that loop: they write with plain ordered stores, no line of memory is contended, and
/// nothing is allocated but at the first use of a route, a host, or a pair of status and method. Whoever scrapes reads meanwhile.
public final class LoopCounters {
  /// More hosts than this count as one, whatever route files and clients do.
  static final int MOST_HOSTS = 1000;
  static final String UNKNOWN_HOST = "_unknownhost_";
  static final String FURTHER_HOSTS = "_furtherhosts_";
  static final String UNKNOWN_ROUTE = "_unknownroute_";
  static final String[] PROTOCOLS = {"HTTP/1.1", "HTTP/2.0", "HTTP/1.0", "HTTP/3.0", "other"};
  private static final long[] NO_BOUNDS = {};

  private final long[] durations;
  private final long[] answerSizes;
  private final long[] headSizes;
  private final boolean serveRoute;
  private final boolean serveRouteCount;
  private final boolean serveHost;
  private final boolean serveHostCount;
  private final boolean serveMethod;
  private final boolean serveStatus;
  private final boolean combinedResponse;
  private final boolean backendHost;
  private final boolean backendZone;

  final AtomicLongArray byStatus = new AtomicLongArray(1000);
  final AtomicLongArray byFailure = new AtomicLongArray(Failure.Kind.values().length);
  final AtomicLongArray incoming = new AtomicLongArray(PROTOCOLS.length);
  final AtomicLongArray outgoing = new AtomicLongArray(PROTOCOLS.length);
  final AtomicLong answerBytes = new AtomicLong();
  final AtomicLong retries = new AtomicLong();
  final AtomicLong waits = new AtomicLong();
  final AtomicLong noRoute = new AtomicLong();
  final Histogram requests;
  final Histogram lookUps;
  final Histogram backends;
  final Histogram backends5xx;
  final Histogram requestFilters;
  final Histogram responseFilters;
  final Histogram ownTotal;
  final Histogram ownRequest;
  final Histogram ownResponse;
  final Histogram delays;
  final AnswerHistograms responses;
  final ConcurrentHashMap<String, RouteCounters> routes = new ConcurrentHashMap<>();
  final ConcurrentHashMap<String, HostCounters> hosts = new ConcurrentHashMap<>();
  final ConcurrentHashMap<String, Histogram> backendHosts = new ConcurrentHashMap<>();
  final ConcurrentHashMap<String, Histogram> backendZones = new ConcurrentHashMap<>();
  private final IdentityHashMap<Route, Known> byRoute = new IdentityHashMap<>();
  private final Known unknownRoute;
  private long tableVersion;
  private @Nullable Route lastRoute;
  private @Nullable Known last;
  private @Nullable HostCounters unknownHost;

  /// What was found for a running route before.
  ///
  /// @param namesHost whether its predicates hold the request to certain hosts; else metrics by host show one name for all, since clients can send any
  private record Known(RouteCounters counters, boolean namesHost) {}

  LoopCounters(MetricOptions options) {
    this.durations = options.durationBounds();
    this.answerSizes = options.answerBounds();
    this.headSizes = options.headBounds();
    this.serveRoute = options.has(Family.SERVE_ROUTE);
    this.serveRouteCount = options.has(Family.SERVE_ROUTE_COUNT);
    this.serveHost = options.has(Family.SERVE_HOST);
    this.serveHostCount = options.has(Family.SERVE_HOST_COUNT);
    this.serveMethod = options.has(Family.SERVE_METHOD);
    this.serveStatus = options.has(Family.SERVE_STATUS);
    this.combinedResponse = options.has(Family.COMBINED_RESPONSE);
    this.backendHost = options.has(Family.BACKEND_HOST);
    this.backendZone = options.has(Family.BACKEND_ZONE);
    this.requests = new Histogram(durations);
    this.lookUps = new Histogram(durations);
    this.backends = new Histogram(durations);
    this.backends5xx = new Histogram(durations);
    this.requestFilters = new Histogram(durations);
    this.responseFilters = new Histogram(durations);
    this.ownTotal = new Histogram(durations);
    this.ownRequest = new Histogram(durations);
    this.ownResponse = new Histogram(durations);
    this.delays = new Histogram(durations);
    this.responses = new AnswerHistograms(durations);
    this.unknownRoute = new Known(counters(UNKNOWN_ROUTE), false);
  }

  /// The table of the exchange at hand: with the first one of a new table, routes of the one before are let go.
  ///
  /// @param version see [dev.sluice.routes.table.RouteTable#version]
  public void table(long version) {
    if (version > tableVersion) {
      tableVersion = version;
      byRoute.clear();
      lastRoute = null;
      last = null;
    }
  }

  // ---- what happens to an exchange, in order

  /// A request's head has come and was not refused.
  ///
  /// @param protocol as in [dev.sluice.routes.spi.Request#protocol]
  public void arrived(String protocol) {
    add(incoming, protocol(protocol), 1);
  }

  /// A look-up in the table was made, whether or not a route was found.
  public void lookedUp(long nanos) {
    lookUps.record(nanos);
  }

  /// The filters of one phase have run.
  ///
  /// @param request the request phase; else the response phase
  public void filtered(Route route, boolean request, long nanos) {
    RouteCounters counters = known(route).counters;
    (request ? requestFilters : responseFilters).record(nanos);
    counters.filters(request, durations).record(nanos);
  }

  /// Filters that wait have moved an exchange to a virtual thread.
  public void waited() {
    add(waits, 1);
  }

  /// An attempt of a backend call begins, the first one or a further one.
  ///
  /// @param protocol that is spoken to the backend
  public void attempted(String protocol) {
    add(outgoing, protocol(protocol), 1);
  }

  /// A further attempt of a backend call begins.
  public void retried() {
    add(retries, 1);
  }

  /// A backend's head has come and goes on to the client.
  ///
  /// @param nanos since the call began
  /// @param host of the endpoint, with its port
  /// @param zone of the endpoint; empty for none
  public void answered(Route route, int status, long nanos, String host, String zone) {
    backends.record(nanos);
    known(route).counters.backend(durations).record(nanos);
    if (status >= 500) {
      backends5xx.record(nanos);
    }
    if (backendHost) {
      named(backendHosts, host).record(nanos);
    }
    if (backendZone && !zone.isEmpty()) {
      named(backendZones, zone).record(nanos);
    }
  }

  /// How long the gateway itself was at work on an exchange: without filters, backend and sending.
  public void worked(long requestNanos, long responseNanos) {
    ownTotal.record(requestNanos + responseNanos);
    ownRequest.record(requestNanos);
    ownResponse.record(responseNanos);
  }

  /// An exchange ended.
  ///
  /// @param route null when none was found
  /// @param host that the client named
  /// @param status sent, or what stands for it
  /// @param failure null when the exchange was complete
  /// @param broken whether an answer had begun when the failure came, and broke off
  /// @param nanos since the request's head
  /// @param sendNanos of that, since the answer's head
  /// @param bytes of the body sent to the client
  public void ended(@Nullable Route route, String host, String method, int status, Failure.@Nullable Kind failure,
      boolean broken, long nanos, long sendNanos, long bytes) {
    total(status, failure, nanos, bytes);
    int code = status >= 0 && status < 1000 ? status : 0;
    int name = MethodName.index(method);
    Known known = route == null ? unknownRoute : known(route);
    RouteCounters counters = known.counters;
    HostCounters byHost = hostCounters(known.namesHost, host);
    if (failure == null) {
      counters.responses.record(code, name, sendNanos);
      byHost.answerSizes.record(bytes);
      if (combinedResponse) {
        responses.record(code, name, sendNanos);
      }
    } else if (broken) {
      add(counters.streamErrors, 1);
    }
    if (failure != null && !broken && isBackends(failure)) {
      add(counters.backendErrors, 1);
    }
    if (failure == Failure.Kind.NO_ROUTE || route == null && failure == null) {
      add(noRoute, 1);
    }
    serve(counters, byHost, code, name, nanos);
  }

  /// A head that was refused before anything was known of a route.
  public void refused(int status, Failure.Kind failure, long nanos, long bytes) {
    total(status, failure, nanos, bytes);
  }

  /// How late a timer of this loop ran.
  public void delayed(long nanos) {
    delays.record(nanos);
  }

  // ----

  private void total(int status, Failure.@Nullable Kind failure, long nanos, long bytes) {
    add(byStatus, status >= 0 && status < 1000 ? status : 0, 1);
    if (failure != null) {
      add(byFailure, failure.ordinal(), 1);
    }
    requests.record(nanos);
    add(answerBytes, bytes);
  }

  private void serve(RouteCounters route, HostCounters host, int status, int method, long nanos) {
    if (serveRoute) {
      route.served.record(serveStatus ? status : 0, serveMethod ? method : -1, nanos);
    }
    if (serveRouteCount) {
      route.count.record(status, method, 0);
    }
    if (serveHost) {
      host.served.record(serveStatus ? status : 0, serveMethod ? method : -1, nanos);
    }
    if (serveHostCount) {
      host.count.record(status, method, 0);
    }
  }

  /// Routes are told apart as objects: quicker than by id, and right when a table switch changes a route.
  private Known known(Route route) {
    Known found = last;
    if (route == lastRoute && found != null) {
      return found;
    }
    found = byRoute.get(route);
    if (found == null) {
      boolean namesHost = route.definition().predicates().stream().anyMatch(p -> p.name().equals("Host") || p.name().equals("HostAny"));
      found = new Known(counters(route.id()), namesHost);
      byRoute.put(route, found);
    }
    lastRoute = route;
    last = found;
    return found;
  }

  private RouteCounters counters(String id) {
    return routes.computeIfAbsent(id, i -> new RouteCounters(durations, NO_BOUNDS));
  }

  private HostCounters hostCounters(boolean named, String host) {
    if (named) {
      HostCounters known = hosts.get(host);
      return known != null ? known : newHost(hosts.size() < MOST_HOSTS ? host : FURTHER_HOSTS);
    }
    HostCounters unknown = unknownHost;
    if (unknown == null) {
      unknown = newHost(UNKNOWN_HOST);
      unknownHost = unknown;
    }
    return unknown;
  }

  private HostCounters newHost(String host) {
    return hosts.computeIfAbsent(
        host, h -> new HostCounters(durations, answerSizes, headSizes, NO_BOUNDS));
  }

  private Histogram named(ConcurrentHashMap<String, Histogram> all, String name) {
    Histogram known = all.get(name);
    if (known == null) {
      known = all.computeIfAbsent(all.size() < MOST_HOSTS ? name : FURTHER_HOSTS, n -> new Histogram(durations));
    }
    return known;
  }

  /// A host as Skipper's labels and keys show it.
  static String hostKey(String host) {
    return host.replace(".", "_").replace(":", "__");
  }

  private static int protocol(String name) {
    return switch (name) {
      case "HTTP/1.1" -> 0;
      case "HTTP/2.0" -> 1;
      case "HTTP/1.0" -> 2;
      case "HTTP/3.0" -> 3;
      default -> 4;
    };
  }

  private static boolean isBackends(Failure.Kind kind) {
    return switch (kind) {
      case REFUSED, CONNECT_TIMEOUT, UNRESOLVED, TLS, CLOSED, PROTOCOL, HEADER_TIMEOUT, IDLE_TIMEOUT, BACKEND_TIMEOUT, POOL_FULL,
          NO_ENDPOINT -> true;
      case NO_ROUTE, BAD_REQUEST, BODY_TOO_LARGE, HEAD_TOO_LARGE, REQUEST_TIMEOUT, CLIENT_GONE, FILTER, LOOP, BODY_STEP,
          SHUTDOWN -> false;
    };
  }

  /// One writer: no compare-and-set is needed.
  private static void add(AtomicLongArray counts, int i, long more) {
    counts.setRelease(i, counts.getPlain(i) + more);
  }

  private static void add(AtomicLong count, long more) {
    count.setRelease(count.getPlain() + more);
  }
}
