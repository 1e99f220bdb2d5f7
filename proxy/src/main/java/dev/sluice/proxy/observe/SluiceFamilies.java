package dev.sluice.proxy.observe;

import dev.sluice.proxy.observe.MetricFamily.Type;
import dev.sluice.routes.spi.Failure;
import java.util.List;
import java.util.function.ToLongFunction;

/// Our own metrics, by Prometheus' conventions: base units, `_total` for counters, one meaning for each name.
final class SluiceFamilies {
  private final GatewayMetrics metrics;
  private final LoopSums sums;
  private final long[] bounds;

  private SluiceFamilies(GatewayMetrics metrics) {
    this.metrics = metrics;
    this.sums = metrics.sums;
    this.bounds = metrics.options.seconds().stream().mapToLong(MetricOptions::nanos).toArray();
  }

  static List<MetricFamily> of(GatewayMetrics metrics) {
    var families = new SluiceFamilies(metrics);
    return List.of(
        families.requests(),
        families.failures(),
        new MetricFamily("sluice_request_duration_seconds", "Time from a request's head to the end of its answer.", Type.HISTOGRAM)
            .add(families.sums.times(loop -> loop.requests), families.bounds, 1e9),
        families.counter("sluice_response_body_bytes_total", "Bytes of bodies sent to clients.",
            families.sums.total(loop -> loop.answerBytes.getAcquire())),
        families.counter("sluice_backend_retries_total", "Further attempts of backend calls.",
            families.sums.total(loop -> loop.retries.getAcquire())),
        families.counter("sluice_waiting_filters_total", "Phases that went to a virtual thread because a filter may wait.",
            families.sums.total(loop -> loop.waits.getAcquire())),
        new MetricFamily("sluice_loop_delay_seconds", "How late timers of the event loops ran.", Type.HISTOGRAM)
            .add(families.sums.times(loop -> loop.delays), families.bounds, 1e9),
        families.counter("sluice_access_log_dropped_total", "Lines of the access log that could not be written in time.",
            metrics.droppedLines()),
        families.counter("sluice_application_log_dropped_total", "Lines of the application log that could not be written in time.",
            metrics.droppedMessages()),
        families.gauge("sluice_routes", "Routes in the table.", metrics.view().count()),
        families.gauge("sluice_invalid_routes", "Routes left out of the table.", metrics.view().invalid().size()),
        families.gauge("sluice_table_version", "Number of the table; 0 before the first load.", metrics.view().version()),
        families.gauge("sluice_table_created_timestamp_seconds", "When the table was made.", metrics.view().created()),
        families.counter("sluice_table_switches_total", "Tables that were put to use.", metrics.view().version()),
        families.sources("sluice_route_source_healthy", "Whether the last answer of a route source is in use.", Type.GAUGE,
            source -> source.healthy() ? 1 : 0),
        families.sources("sluice_route_source_routes", "Routes in use of each source.", Type.GAUGE, RoutesView.Source::routes),
        families.sources("sluice_route_source_updates_total", "How often something new came from a source.", Type.COUNTER,
            RoutesView.Source::updates),
        families.sources("sluice_route_source_failures_total", "How often a source could not be read or used.", Type.COUNTER,
            RoutesView.Source::failures),
        families.sources("sluice_route_source_updated_timestamp_seconds", "When something new came from a source last.", Type.GAUGE,
            RoutesView.Source::updated));
  }

  private MetricFamily requests() {
    var family = new MetricFamily("sluice_requests_total", "Requests that have ended, by the status sent.", Type.COUNTER);
    for (int status = 0; status < 1000; status++) {
      int index = status;
      long count = sums.total(loop -> loop.byStatus.getAcquire(index));
      if (count > 0) {
        family.add(count, "class", status / 100 + "xx", "code", Integer.toString(status));
      }
    }
    return family;
  }

  private MetricFamily failures() {
    var family = new MetricFamily("sluice_request_failures_total", "Requests that the gateway could not complete, by reason.", Type.COUNTER);
    for (Failure.Kind kind : Failure.Kind.values()) {
      family.add(sums.total(loop -> loop.byFailure.getAcquire(kind.ordinal())), "kind", kind.token());
    }
    return family;
  }

  private MetricFamily sources(String name, String help, Type type, ToLongFunction<RoutesView.Source> value) {
    var family = new MetricFamily(name, help, type);
    metrics.view().sources().forEach(source -> family.add(value.applyAsLong(source), "client", source.client(), "source", source.name()));
    return family;
  }

  private MetricFamily counter(String name, String help, long value) {
    return new MetricFamily(name, help, Type.COUNTER).add(value);
  }

  private MetricFamily gauge(String name, String help, long value) {
    return new MetricFamily(name, help, Type.GAUGE).add(value);
  }
}
