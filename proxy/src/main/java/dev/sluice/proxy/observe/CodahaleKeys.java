package dev.sluice.proxy.observe;

import dev.sluice.proxy.observe.Histogram.Distribution;
import dev.sluice.proxy.observe.MetricOptions.Family;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/// Skipper's metrics by their Codahale keys, without prefix, at one time.
final class CodahaleKeys {
  private final GatewayMetrics metrics;
  private final LoopSums sums;

  CodahaleKeys(GatewayMetrics metrics) {
    this.metrics = metrics;
    this.sums = metrics.sums;
  }

  SortedMap<String, Long> counters() {
    SortedMap<String, Long> counters = customCounters();
    counted(counters, "routefailure", sums.total(loop -> loop.noRoute.getAcquire()));
    Map<String, List<RouteCounters>> routes = sums.byName(loop -> loop.routes);
    if (has(Family.ROUTE_BACKEND_ERRORS)) {
      byRoute(counters, routes, "errors.backend.", c -> c.backendErrors.getAcquire());
    }
    if (has(Family.ROUTE_STREAM_ERRORS)) {
      byRoute(counters, routes, "errors.streaming.", c -> c.streamErrors.getAcquire());
    }
    return counters;
  }

  SortedMap<String, Double> gauges() {
    SortedMap<String, Double> gauges = customGauges();
    metrics.view().invalid().forEach(route -> gauges.put("route.invalid." + route.route().id() + "." + route.kind(), 1.0));
    return gauges;
  }

  SortedMap<String, Distribution> timers() {
    SortedMap<String, Distribution> timers = customTimers();
    timed(timers, "routelookup", loop -> loop.lookUps);
    timed(timers, "allfilters.combined.request", loop -> loop.requestFilters);
    timed(timers, "allfilters.combined.response", loop -> loop.responseFilters);
    timed(timers, "all.backend", loop -> loop.backends);
    timed(timers, "all.backend.5xx", loop -> loop.backends5xx);
    timed(timers, "proxy.total", loop -> loop.ownTotal);
    if (has(Family.PROXY_REQUEST)) {
      timed(timers, "proxy.request", loop -> loop.ownRequest);
    }
    if (has(Family.PROXY_RESPONSE)) {
      timed(timers, "proxy.response", loop -> loop.ownResponse);
    }
    sums.responses().forEach((answer, times) ->
        timers.put("all.response." + answer.status() + "." + answer.methodName() + ".skipper", times));
    sums.byName(loop -> loop.backendHosts).forEach((host, parts) ->
        put(timers, "backendhost." + LoopCounters.hostKey(host), LoopSums.times(parts, h -> h)));
    sums.byName(loop -> loop.backendZones).forEach((zone, parts) ->
        put(timers, "backendzone." + LoopCounters.hostKey(zone), LoopSums.times(parts, h -> h)));
    sums.byName(loop -> loop.routes).forEach((id, parts) -> route(timers, id, parts));
    sums.byName(loop -> loop.hosts).forEach((host, parts) ->
        served(timers, "servehost." + LoopCounters.hostKey(host), parts.stream().map(c -> c.served).toList()));
    return timers;
  }

  private void route(SortedMap<String, Distribution> timers, String id, List<RouteCounters> parts) {
    if (has(Family.ROUTE_BACKEND)) {
      put(timers, "backend." + id, LoopSums.times(parts, c -> c.backend));
    }
    if (has(Family.ALL_FILTERS)) {
      put(timers, "allfilters.request." + id, LoopSums.times(parts, c -> c.requestFilters));
      put(timers, "allfilters.response." + id, LoopSums.times(parts, c -> c.responseFilters));
    }
    if (has(Family.ROUTE_RESPONSE)) {
      LoopSums.answers(parts.stream().map(c -> c.responses).toList()).forEach((answer, times) ->
          timers.put("response." + answer.status() + "." + answer.methodName() + ".skipper." + id, times));
    }
    served(timers, "serveroute." + id, parts.stream().map(c -> c.served).toList());
  }

  private void served(SortedMap<String, Distribution> timers, String start, List<AnswerHistograms> parts) {
    LoopSums.answers(parts).forEach((answer, times) -> {
      String method = has(Family.SERVE_METHOD) ? "." + answer.methodName() : "";
      String status = has(Family.SERVE_STATUS) ? "." + answer.status() : "";
      timers.put(start + method + status, times);
    });
  }

  /// Those that Prometheus shows as custom ones too.
  SortedMap<String, Long> customCounters() {
    var counters = new TreeMap<String, Long>();
    for (int i = 0; i < LoopCounters.PROTOCOLS.length; i++) {
      int index = i;
      counted(counters, "incoming." + LoopCounters.PROTOCOLS[i], sums.total(loop -> loop.incoming.getAcquire(index)));
      counted(counters, "outgoing." + LoopCounters.PROTOCOLS[i], sums.total(loop -> loop.outgoing.getAcquire(index)));
    }
    metrics.custom.counters.forEach((key, value) -> counters.put(key, value.sum()));
    return counters;
  }

  SortedMap<String, Double> customGauges() {
    var gauges = new TreeMap<String, Double>();
    RoutesView view = metrics.view();
    if (view.version() > 0) {
      gauges.put("routes.total", (double) view.count());
      gauges.put("routes.updated_timestamp", (double) view.created());
    }
    metrics.custom.gauges.forEach((key, value) -> gauges.put(key, value.getAsDouble()));
    return gauges;
  }

  SortedMap<String, Distribution> customTimers() {
    var timers = new TreeMap<String, Distribution>();
    metrics.custom.timers.forEach((key, timer) -> put(timers, key, LoopSums.times(List.of(timer.times), h -> h)));
    return timers;
  }

  private boolean has(Family family) {
    return metrics.options.has(family);
  }

  private static void counted(SortedMap<String, Long> counters, String key, long count) {
    if (count > 0) {
      counters.put(key, count);
    }
  }

  private static void byRoute(SortedMap<String, Long> counters, Map<String, List<RouteCounters>> routes, String start,
      ToLongFunction<RouteCounters> count) {
    routes.forEach((id, parts) -> counted(counters, start + id, parts.stream().mapToLong(count).sum()));
  }

  private void timed(SortedMap<String, Distribution> timers, String key, Function<LoopCounters, Histogram> histogram) {
    Distribution times = sums.times(histogram);
    put(timers, key, times.count() == 0 ? null : times);
  }

  private static void put(SortedMap<String, Distribution> timers, String key, @Nullable Distribution times) {
    if (times != null) {
      timers.put(key, times);
    }
  }
}
