package dev.sluice.proxy.flag;

import java.util.List;

/// Metrics and traces.
public final class MetricFlags {
  static final FlagGroup GROUP = new FlagGroup("Metrics and traces");
  private static final FlagGroup.Rows BUILT = GROUP.built();
  private static final FlagGroup.Rows PLANNED = GROUP.planned();

  public static final Flag<List<String>> METRICS_FLAVOUR = BUILT.choices(
      "metrics-flavour",
      List.of("codahale", "prometheus"),
      List.of("codahale", "prometheus", "otel"),
      "formats of /metrics; of several, the request's Accept header chooses");
  public static final Flag<String> METRICS_PREFIX = BUILT.text("metrics-prefix", "skipper.", "start of the names of metrics");
  public static final Flag<Boolean> DISABLE_METRICS_COMPRESSION =
      BUILT.onOff("disable-metrics-compression", false, "never compress /metrics");
  public static final Flag<List<String>> HISTOGRAM_METRIC_BUCKETS =
      BUILT.list("histogram-metric-buckets", "bounds of the duration histograms, in seconds");
  public static final Flag<List<String>> RESPONSE_SIZE_BUCKETS =
      BUILT.list("response-size-buckets", "bounds of the histogram of answers' sizes, in bytes");
  public static final Flag<List<String>> REQUEST_SIZE_BUCKETS =
      BUILT.list("request-size-buckets", "bounds of the histogram of requests' header sizes, in bytes");
  public static final Flag<Boolean> RUNTIME_METRICS = BUILT.onOff("runtime-metrics", true, "metrics of the process");
  public static final Flag<Boolean> SERVE_ROUTE_METRICS =
      BUILT.onOff("serve-route-metrics", false, "time to serve, by route");
  public static final Flag<Boolean> SERVE_ROUTE_COUNTER =
      BUILT.onOff("serve-route-counter", false, "count of answers, by route, method and status");
  public static final Flag<Boolean> SERVE_HOST_METRICS = BUILT.onOff("serve-host-metrics", false, "time to serve, by host");
  public static final Flag<Boolean> SERVE_HOST_COUNTER =
      BUILT.onOff("serve-host-counter", false, "count of answers, by host, method and status");
  public static final Flag<Boolean> SERVE_METHOD_METRIC =
      BUILT.onOff("serve-method-metric", true, "the method as a label of the times to serve");
  public static final Flag<Boolean> SERVE_STATUS_CODE_METRIC =
      BUILT.onOff("serve-status-code-metric", true, "the status as a label of the times to serve");
  public static final Flag<Boolean> BACKEND_HOST_METRICS =
      BUILT.onOff("backend-host-metrics", false, "time of backends, by host");
  public static final Flag<Boolean> BACKEND_ZONE_METRICS =
      BUILT.onOff("backend-zone-metrics", false, "time of backends, by zone");
  public static final Flag<Boolean> PROXY_REQUEST_METRICS =
      BUILT.onOff("proxy-request-metrics", false, "the gateway's own time before the backend");
  public static final Flag<Boolean> PROXY_RESPONSE_METRICS =
      BUILT.onOff("proxy-response-metrics", false, "the gateway's own time after the backend");
  public static final Flag<Boolean> ALL_FILTERS_METRICS =
      BUILT.onOff("all-filters-metrics", false, "time of all filters together, by route");
  public static final Flag<Boolean> COMBINED_RESPONSE_METRICS =
      BUILT.onOff("combined-response-metrics", false, "time of answers, all routes together");
  public static final Flag<Boolean> ROUTE_RESPONSE_METRICS =
      BUILT.onOff("route-response-metrics", false, "time of answers, by route");
  public static final Flag<Boolean> ROUTE_BACKEND_ERROR_COUNTERS =
      BUILT.onOff("route-backend-error-counters", false, "count of backend errors, by route");
  public static final Flag<Boolean> ROUTE_STREAM_ERROR_COUNTERS =
      BUILT.onOff("route-stream-error-counters", false, "count of bodies broken off, by route");
  public static final Flag<Boolean> ROUTE_BACKEND_METRICS =
      BUILT.onOff("route-backend-metrics", false, "time of backends, by route");
  public static final Flag<Boolean> ROUTE_CREATION_METRICS =
      PLANNED.onOff("route-creation-metrics", false, "time from a route's creation to its first use");
  public static final Flag<Boolean> DISABLE_METRICS_COMPAT = BUILT.onOff(
      "disable-metrics-compat", false, "leave the older metrics by route off unless they are switched on one by one");
  public static final Flag<Boolean> ENABLE_PROMETHEUS_METRICS =
      GROUP.deprecated("use -metrics-flavour prometheus")
          .onOff("enable-prometheus-metrics", false, "offer metrics for Prometheus");

  static {
    var planned = GROUP.planned();
    planned.onOff("enable-prometheus-native-histograms", false, "native histograms beside the classic ones");
    planned.decimal("prometheus-native-histogram-bucket-factor", 1.1, "resolution of native histograms, above 1");
    planned.onOff("enable-prometheus-start-label", false, "a label with the time when a counter was made");
    planned.yaml("open-telemetry", "OpenTelemetry: exporter, endpoint, resource attributes, propagators");
    planned.text("opentracing", "noop", "name and arguments of a tracer");
    planned.text("opentracing-initial-span", "ingress", "name of the server's trace span");
    planned.text("opentracing-excluded-proxy-tags", "", "tags to leave out of trace spans");
    planned.onOff("opentracing-disable-filter-spans", false, "no trace spans for filters");
    planned.onOff("opentracing-log-filter-lifecycle-events", true, "start and end of filters in trace spans");
    planned.onOff("opentracing-log-stream-events", true, "start and end of streaming in trace spans");
    planned.onOff("opentracing-client-trace-by-tag", false, "times of the backend call as tags instead of events");
    planned.onOff("opentracing-backend-name-tag", false, "the backend's name as a tag");
    var ignored = GROUP.ignored("the Go runtime has no counterpart here; -runtime-metrics shows the JVM");
    ignored.onOff("debug-gc-metrics", false, "metrics of the garbage collector");
    ignored.onOff("metrics-exp-decay-sample", false, "samples that forget");
  }

  private MetricFlags() {}
}
