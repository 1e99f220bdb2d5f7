package dev.sluice.proxy.observe;

import static dev.sluice.proxy.observe.MetricFamily.Type.COUNTER;
import static dev.sluice.proxy.observe.MetricFamily.Type.GAUGE;
import static dev.sluice.proxy.observe.MetricFamily.Type.HISTOGRAM;

import dev.sluice.proxy.observe.Histogram.Distribution;
import dev.sluice.proxy.observe.LoopSums.Answer;
import dev.sluice.proxy.observe.MetricOptions.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Metrics for Prometheus under the names that Skipper gives them, so that its dashboards and alerts stay usable.
final class SkipperFamilies {
  private final GatewayMetrics metrics;
  private final MetricOptions options;
  private final LoopSums sums;
  private final Map<String, List<RouteCounters>> routes;
  private final Map<String, List<HostCounters>> hosts;
  private final long[] bounds;
  private final String namespace;
  private final List<MetricFamily> families = new ArrayList<>();

  SkipperFamilies(GatewayMetrics metrics) {
    this.metrics = metrics;
    this.options = metrics.options;
    this.sums = metrics.sums;
    this.routes = sums.byName(loop -> loop.routes);
    this.hosts = sums.byName(loop -> loop.hosts);
    this.bounds = options.seconds().stream().mapToLong(MetricOptions::nanos).toArray();
    this.namespace = namespace(options.prefix());
  }

  /// The prefix without its last dot; what a name must not hold becomes an underscore.
  static String namespace(String prefix) {
    String name = prefix.endsWith(".") ? prefix.substring(0, prefix.length() - 1) : prefix;
    return name.isEmpty() ? "skipper" : name.replaceAll("[^A-Za-z0-9_:]", "_");
  }

  List<MetricFamily> families() {
    routing();
    filters();
    backends();
    responses();
    serving();
    own();
    custom();
    return families;
  }

  private void routing() {
    times("route_lookup_duration_seconds", "Time to find a route.", loop -> loop.lookUps, true);
    family("route_error_total", "Requests without a route.", COUNTER)
        .add(sums.total(loop -> loop.noRoute.getAcquire()));
    MetricFamily invalid = family("route_invalid", "Routes left out of the table.", GAUGE);
    metrics.view().invalid().stream()
        .map(route -> List.of(route.kind(), route.route().id()))
        .distinct()
        .forEach(labels -> invalid.add(1, "reason", labels.get(0), "route_id", labels.get(1)));
  }

  private void filters() {
    times("filter_all_combined_request_duration_seconds", "Time of all request filters.", loop -> loop.requestFilters, true);
    times("filter_all_combined_response_duration_seconds", "Time of all response filters.", loop -> loop.responseFilters, true);
    if (options.has(Family.ALL_FILTERS)) {
      byRoute("filter_all_request_duration_seconds", "Time of all request filters, by route.", c -> c.requestFilters);
      byRoute("filter_all_response_duration_seconds", "Time of all response filters, by route.", c -> c.responseFilters);
    }
  }

  private void backends() {
    times("backend_combined_duration_seconds", "Time until a backend's head, all backends.", loop -> loop.backends, true);
    times("backend_5xx_duration_seconds", "Time until a backend's head with a status of 500 or above.", loop -> loop.backends5xx, true);
    MetricFamily family = family("backend_duration_seconds", "Time until a backend's head.", HISTOGRAM);
    if (options.has(Family.ROUTE_BACKEND)) {
      routes.forEach((id, parts) -> add(family, LoopSums.times(parts, c -> c.backend), "host", "", "route", id, "zone", ""));
    }
    sums.byName(loop -> loop.backendHosts).forEach((host, parts) ->
        add(family, LoopSums.times(parts, h -> h), "host", host, "route", "", "zone", ""));
    sums.byName(loop -> loop.backendZones).forEach((zone, parts) ->
        add(family, LoopSums.times(parts, h -> h), "host", "", "route", "", "zone", zone));
    counts("backend_error_total", "Failed backend calls, by route.", c -> c.backendErrors.getAcquire());
    counts("streaming_error_total", "Answers that broke off, by route.", c -> c.streamErrors.getAcquire());
    bySize("backend_request_header_bytes", "Size of request heads sent to backends.", h -> h.headSizes, options.headBounds());
  }

  private void responses() {
    MetricFamily family = family("response_duration_seconds", "Time to send an answer.", HISTOGRAM);
    sums.responses().forEach((answer, times) -> add(family, times, "code", answer.code(), "method", answer.methodName(), "route", ""));
    if (options.has(Family.ROUTE_RESPONSE)) {
      answers(family, routes, c -> c.responses, (answer, id) -> new String[] {
        "code", answer.code(), "method", answer.methodName(), "route", id
      });
    }
    bySize("response_size_bytes", "Size of answers' bodies.", h -> h.answerSizes, options.answerBounds());
  }

  private void serving() {
    answers(family("serve_route_duration_seconds", "Time to serve, by route.", HISTOGRAM), routes, c -> c.served,
        (answer, id) -> serveLabels(answer, "route", id));
    answers(family("serve_host_duration_seconds", "Time to serve, by host.", HISTOGRAM), hosts, c -> c.served,
        (answer, host) -> serveLabels(answer, "host", LoopCounters.hostKey(host)));
    MetricFamily byRoute = family("serve_route_count", "Requests served, by route.", COUNTER);
    routes.forEach((id, parts) -> LoopSums.answers(parts.stream().map(c -> c.count).toList()).forEach((answer, count) ->
        byRoute.add(count.count(), "code", answer.code(), "method", answer.methodName(), "route", id)));
    MetricFamily byHost = family("serve_host_count", "Requests served, by host.", COUNTER);
    hosts.forEach((host, parts) -> LoopSums.answers(parts.stream().map(c -> c.count).toList()).forEach((answer, count) ->
        byHost.add(count.count(), "code", answer.code(), "host", LoopCounters.hostKey(host), "method", answer.methodName())));
  }

  private String[] serveLabels(Answer answer, String kind, String name) {
    var labels = new ArrayList<String>();
    if (options.has(Family.SERVE_STATUS)) {
      labels.addAll(List.of("code", answer.code()));
    }
    boolean hostFirst = kind.equals("host");
    if (hostFirst) {
      labels.addAll(List.of(kind, name));
    }
    if (options.has(Family.SERVE_METHOD)) {
      labels.addAll(List.of("method", answer.methodName()));
    }
    if (!hostFirst) {
      labels.addAll(List.of(kind, name));
    }
    return labels.toArray(String[]::new);
  }

  private void own() {
    times("proxy_total_duration_seconds", "The gateway's own time.", loop -> loop.ownTotal, true);
    times("proxy_request_duration_seconds", "The gateway's own time before the backend.", loop -> loop.ownRequest,
        options.has(Family.PROXY_REQUEST));
    times("proxy_response_duration_seconds", "The gateway's own time after the backend.", loop -> loop.ownResponse,
        options.has(Family.PROXY_RESPONSE));
  }

  private void custom() {
    var keys = new CodahaleKeys(metrics);
    MetricFamily counters = family("custom_total", "Custom counters.", COUNTER);
    keys.customCounters().forEach((key, value) -> counters.add(value, "key", key));
    MetricFamily gauges = family("custom_gauges", "Custom gauges.", GAUGE);
    keys.customGauges().forEach((key, value) -> gauges.add(value, "key", key));
    MetricFamily timers = family("custom_duration_seconds", "Custom timers.", HISTOGRAM);
    long[] usual = MetricOptions.DEFAULT.seconds().stream().mapToLong(MetricOptions::nanos).toArray();
    keys.customTimers().forEach((key, times) -> timers.add(times, usual, 1e9, "key", key));
  }

  // ----

  private MetricFamily family(String name, String help, MetricFamily.Type type) {
    var family = new MetricFamily(namespace + "_" + name, help, type);
    families.add(family);
    return family;
  }

  private void times(String name, String help, Function<LoopCounters, Histogram> histogram, boolean wanted) {
    Distribution times = sums.times(histogram);
    if (wanted && times.count() > 0) {
      family(name, help, HISTOGRAM).add(times, bounds, 1e9);
    }
  }

  private void byRoute(String name, String help, Function<RouteCounters, @Nullable Histogram> histogram) {
    MetricFamily family = family(name, help, HISTOGRAM);
    routes.forEach((id, parts) -> add(family, LoopSums.times(parts, histogram), "route", id));
  }

  private void counts(String name, String help, Function<RouteCounters, Long> count) {
    MetricFamily family = family(name, help, COUNTER);
    routes.forEach((id, parts) -> {
      long sum = parts.stream().mapToLong(count::apply).sum();
      if (sum > 0) {
        family.add(sum, "route", id);
      }
    });
  }

  private void bySize(String name, String help, Function<HostCounters, @Nullable Histogram> histogram, long[] sizes) {
    MetricFamily family = family(name, help, HISTOGRAM);
    hosts.forEach((host, parts) -> {
      Distribution found = LoopSums.times(parts, histogram);
      if (found != null) {
        family.add(found, sizes, 1, "host", LoopCounters.hostKey(host));
      }
    });
  }

  private <T> void answers(MetricFamily family, Map<String, List<T>> all, Function<T, AnswerHistograms> histograms, Labelling labels) {
    all.forEach((name, parts) -> LoopSums.answers(parts.stream().map(histograms).toList())
        .forEach((answer, times) -> add(family, times, labels.of(answer, name))));
  }

  private interface Labelling {
    String[] of(Answer answer, String name);
  }

  private void add(MetricFamily family, @Nullable Distribution times, String... labels) {
    if (times != null) {
      family.add(times, bounds, 1e9, labels);
    }
  }
}
