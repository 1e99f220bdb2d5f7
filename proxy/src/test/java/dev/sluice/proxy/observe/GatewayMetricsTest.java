package dev.sluice.proxy.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.observe.MetricOptions.Family;
import dev.sluice.routes.spi.Failure;
import dev.sluice.routes.table.Route;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class GatewayMetricsTest {
  private final AtomicLong now = new AtomicLong();
  private final CustomMetrics custom = new CustomMetrics();
  private final Route a = FakeRoutes.route("a: Path(\"/a\") -> \"http://10.0.0.1:80\"");
  private final Route hosted = FakeRoutes.route("h: Host(/^shop[.]test$/) -> \"http://10.0.0.1:80\"");

  @Test
  void skippersNamesForPrometheus() {
    GatewayMetrics metrics = metrics(without(Family.RUNTIME), 2);
    serve(metrics.loop(0), a, "GET", 200);
    serve(metrics.loop(1), a, "GET", 200);
    serve(metrics.loop(0), a, "GET", 200);
    LoopCounters loop = metrics.loop(0);
    loop.arrived("HTTP/1.1");
    loop.lookedUp(micros(10));
    loop.ended(null, "x", "GET", 404, Failure.Kind.NO_ROUTE, false, micros(20), 0, 10);

    assertThat(skipper(metrics)).isEqualTo("""
        # HELP skipper_backend_combined_duration_seconds Time until a backend's head, all backends.
        # TYPE skipper_backend_combined_duration_seconds histogram
        skipper_backend_combined_duration_seconds_bucket{le="0.005"} 0
        skipper_backend_combined_duration_seconds_bucket{le="0.01"} 3
        skipper_backend_combined_duration_seconds_bucket{le="+Inf"} 3
        skipper_backend_combined_duration_seconds_sum 0.018
        skipper_backend_combined_duration_seconds_count 3
        # HELP skipper_backend_duration_seconds Time until a backend's head.
        # TYPE skipper_backend_duration_seconds histogram
        skipper_backend_duration_seconds_bucket{host="",route="a",zone="",le="0.005"} 0
        skipper_backend_duration_seconds_bucket{host="",route="a",zone="",le="0.01"} 3
        skipper_backend_duration_seconds_bucket{host="",route="a",zone="",le="+Inf"} 3
        skipper_backend_duration_seconds_sum{host="",route="a",zone=""} 0.018
        skipper_backend_duration_seconds_count{host="",route="a",zone=""} 3
        # HELP skipper_custom_gauges Custom gauges.
        # TYPE skipper_custom_gauges gauge
        skipper_custom_gauges{key="routes.total"} 2
        skipper_custom_gauges{key="routes.updated_timestamp"} 1700000000
        # HELP skipper_custom_total Custom counters.
        # TYPE skipper_custom_total counter
        skipper_custom_total{key="incoming.HTTP/1.1"} 4
        skipper_custom_total{key="outgoing.HTTP/1.1"} 3
        # HELP skipper_response_duration_seconds Time to send an answer.
        # TYPE skipper_response_duration_seconds histogram
        skipper_response_duration_seconds_bucket{code="200",method="GET",route="a",le="0.005"} 3
        skipper_response_duration_seconds_bucket{code="200",method="GET",route="a",le="0.01"} 3
        skipper_response_duration_seconds_bucket{code="200",method="GET",route="a",le="+Inf"} 3
        skipper_response_duration_seconds_sum{code="200",method="GET",route="a"} 0.003
        skipper_response_duration_seconds_count{code="200",method="GET",route="a"} 3
        # HELP skipper_response_size_bytes Size of answers' bodies.
        # TYPE skipper_response_size_bytes histogram
        skipper_response_size_bytes_bucket{host="_unknownhost_",le="1"} 0
        skipper_response_size_bytes_bucket{host="_unknownhost_",le="1024"} 3
        skipper_response_size_bytes_bucket{host="_unknownhost_",le="+Inf"} 3
        skipper_response_size_bytes_sum{host="_unknownhost_"} 300
        skipper_response_size_bytes_count{host="_unknownhost_"} 3
        # HELP skipper_route_error_total Requests without a route.
        # TYPE skipper_route_error_total counter
        skipper_route_error_total 1
        # HELP skipper_route_lookup_duration_seconds Time to find a route.
        # TYPE skipper_route_lookup_duration_seconds histogram
        skipper_route_lookup_duration_seconds_bucket{le="0.005"} 4
        skipper_route_lookup_duration_seconds_bucket{le="0.01"} 4
        skipper_route_lookup_duration_seconds_bucket{le="+Inf"} 4
        skipper_route_lookup_duration_seconds_sum 4.0E-5
        skipper_route_lookup_duration_seconds_count 4
        """);
  }

  @Test
  void ourNamesCountStatusesFailuresAndBytes() {
    GatewayMetrics metrics = metrics(without(Family.RUNTIME), 1);
    LoopCounters loop = metrics.loop(0);
    serve(loop, a, "GET", 200);
    loop.ended(a, "x", "GET", 502, Failure.Kind.REFUSED, false, micros(20), 0, 12);
    loop.ended(a, "x", "GET", 200, Failure.Kind.CLOSED, true, micros(20), 0, 5);
    loop.refused(431, Failure.Kind.HEAD_TOO_LARGE, 0, 3);
    loop.retried();
    String text = metrics.prometheus(false);

    assertThat(text).contains(
        "sluice_requests_total{class=\"2xx\",code=\"200\"} 2\n",
        "sluice_requests_total{class=\"5xx\",code=\"502\"} 1\n",
        "sluice_requests_total{class=\"4xx\",code=\"431\"} 1\n",
        "sluice_request_failures_total{kind=\"connect-refused\"} 1\n",
        "sluice_request_failures_total{kind=\"backend-closed\"} 1\n",
        "sluice_request_failures_total{kind=\"head-too-large\"} 1\n",
        "sluice_request_failures_total{kind=\"no-route\"} 0\n",
        "sluice_request_duration_seconds_count 4\n",
        "sluice_response_body_bytes_total 120\n",
        "sluice_backend_retries_total 1\n",
        "sluice_access_log_dropped_total 7\n",
        "sluice_table_version 3\n",
        "sluice_routes 2\n",
        "sluice_route_source_healthy{client=\"file\",source=\"routes.gw\"} 1\n",
        "sluice_route_source_routes{client=\"file\",source=\"routes.gw\"} 2\n",
        "sluice_route_source_updates_total{client=\"file\",source=\"routes.gw\"} 3\n",
        "sluice_route_source_failures_total{client=\"file\",source=\"routes.gw\"} 1\n",
        "skipper_backend_error_total{route=\"a\"} 1\n",
        "skipper_streaming_error_total{route=\"a\"} 1\n");
  }

  @Test
  void everyLineIsWellFormedInBothForms() {
    GatewayMetrics metrics = metrics(EnumSet.allOf(Family.class), 2);
    serve(metrics.loop(0), hosted, "GET", 200);
    serve(metrics.loop(1), a, "BREW", 503);
    custom.counter("odd \"key\"\n\\").increment();
    String name = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    String number = "[-+]?[0-9.]+(E-?[0-9]+)?";
    String sample = name + "(\\{(" + name + "=\"([^\"\\\\\n]|\\\\[\"\\\\n])*\",?)+})? " + number;

    assertThat(metrics.prometheus(false).lines()).allMatch(line -> line.matches("# (HELP|TYPE) " + name + " .+") || line.matches(sample));
    assertThat(metrics.prometheus(true)).endsWith("# EOF\n").contains(
        "# TYPE skipper_custom counter\n",
        "# TYPE skipper_serve_route_count unknown\n",
        "le=\"10.0\"");
    assertThat(metrics.prometheus(true).lines().filter(line -> line.startsWith("# TYPE")).toList()).doesNotHaveDuplicates();
  }

  @Test
  void flagsAddFamiliesByRouteHostAndZone() {
    GatewayMetrics metrics = metrics(EnumSet.allOf(Family.class), 1);
    LoopCounters loop = metrics.loop(0);
    serve(loop, a, "GET", 200);
    serve(loop, a, "POST", 200);
    serve(loop, hosted, "GET", 503);
    loop.filtered(a, true, micros(5));
    loop.filtered(a, false, micros(5));
    loop.worked(micros(5), micros(6));
    String text = metrics.prometheus(false);

    assertThat(text).contains(
        "skipper_serve_route_count{code=\"200\",method=\"GET\",route=\"a\"} 1\n",
        "skipper_serve_route_count{code=\"200\",method=\"POST\",route=\"a\"} 1\n",
        "skipper_serve_host_count{code=\"503\",host=\"shop_test__81\",method=\"GET\"} 1\n",
        "skipper_serve_route_duration_seconds_count{code=\"503\",method=\"GET\",route=\"h\"} 1\n",
        "skipper_serve_host_duration_seconds_count{code=\"503\",host=\"shop_test__81\",method=\"GET\"} 1\n",
        "skipper_response_size_bytes_count{host=\"shop_test__81\"} 1\n",
        "skipper_backend_duration_seconds_count{host=\"10.0.0.1:80\",route=\"\",zone=\"\"} 3\n",
        "skipper_backend_duration_seconds_count{host=\"\",route=\"\",zone=\"eu\"} 3\n",
        "skipper_backend_5xx_duration_seconds_count 1\n",
        "skipper_response_duration_seconds_count{code=\"200\",method=\"GET\",route=\"\"} 1\n",
        "skipper_filter_all_request_duration_seconds_count{route=\"a\"} 1\n",
        "skipper_filter_all_combined_response_duration_seconds_count 1\n",
        "skipper_proxy_total_duration_seconds_sum 1.1E-5\n",
        "skipper_proxy_request_duration_seconds_count 1\n",
        "process_cpu_seconds_total ");
    assertThat(metrics.codahale("servehost")).contains("\"skipper.servehost.shop_test__81.GET.503\"");
    assertThat(metrics.codahale("backendzone")).contains("\"skipper.backendzone.eu\"");
  }

  @Test
  void dimensionsOfTimesToServeCanBeLeftOut() {
    Set<Family> families = EnumSet.of(Family.SERVE_ROUTE, Family.SERVE_HOST, Family.SERVE_STATUS);
    GatewayMetrics metrics = metrics(families, 1);
    serve(metrics.loop(0), a, "GET", 200);
    serve(metrics.loop(0), a, "POST", 200);

    assertThat(metrics.prometheus(false)).contains("skipper_serve_route_duration_seconds_count{code=\"200\",route=\"a\"} 2\n");
    assertThat(metrics.codahale("serveroute")).contains("\"skipper.serveroute.a.200\"");
  }

  @Test
  void hostsOfClientsMakeABoundedNumberOfSeries() {
    GatewayMetrics metrics = metrics(without(Family.RUNTIME), 1);
    for (int i = 0; i < 5000; i++) {
      metrics.loop(0).ended(hosted, "host" + i, "GET", 200, null, false, 1, 1, 1);
    }

    assertThat(metrics.prometheus(false).lines().filter(line -> line.startsWith("skipper_response_size_bytes_count")))
        .hasSize(LoopCounters.MOST_HOSTS + 1)
        .contains("skipper_response_size_bytes_count{host=\"_furtherhosts_\"} 4000");
  }

  @Test
  void countersGoOnOverATableSwitch() {
    GatewayMetrics metrics = metrics(without(Family.RUNTIME), 1);
    LoopCounters loop = metrics.loop(0);
    loop.table(1);
    serve(loop, a, "GET", 200);
    loop.table(2);
    serve(loop, FakeRoutes.route("a: Path(\"/b\") -> \"http://10.0.0.1:80\""), "GET", 200);

    assertThat(metrics.prometheus(false)).contains("skipper_backend_duration_seconds_count{host=\"\",route=\"a\",zone=\"\"} 2\n");
  }

  @Test
  void countersOfManyRoutesThatAreGoneAreLetGo() {
    GatewayMetrics metrics = metrics(without(Family.RUNTIME), 1);
    serve(metrics.loop(0), a, "GET", 200);
    for (int i = 0; i < 2000; i++) {
      serve(metrics.loop(0), FakeRoutes.route("gone" + i + ": * -> <shunt>"), "GET", 200);
    }

    assertThat(metrics.prometheus(false)).contains("route=\"a\"").doesNotContain("route=\"gone");
  }

  @Test
  void codahaleGroupsKeysAndSelectsThem() {
    GatewayMetrics metrics = metrics(without(Family.RUNTIME), 1);
    serve(metrics.loop(0), a, "GET", 200);
    serve(metrics.loop(0), a, "GET", 200);
    String counters = "{\"counters\":{\"skipper.incoming.HTTP/1.1\":{\"count\":2}}}\n";

    assertThat(metrics.codahale("incoming")).isEqualTo(counters);
    assertThat(metrics.codahale("skipper.incoming")).isEqualTo(counters);
    assertThat(metrics.codahale("routes.total")).isEqualTo("{\"gauges\":{\"routes.total\":{\"value\":2}}}\n");
    assertThat(metrics.codahale("skipper.routes.total")).isEqualTo("{\"gauges\":{\"skipper.routes.total\":{\"value\":2}}}\n");
    assertThat(metrics.codahale("no.such.key")).isEmpty();
    assertThat(metrics.codahale("")).startsWith("{\"counters\":{\"skipper.incoming.HTTP/1.1\":{\"count\":2},\"skipper.outgoing.HTTP/1.1\":{\"count\":2}},\"gauges\":{")
        .contains("\"timers\":{\"skipper.all.backend\":{", "\"skipper.backend.a\":{", "\"skipper.response.200.GET.skipper.a\":{", "\"skipper.routelookup\":{")
        .endsWith("}}}\n");
  }

  @Test
  void codahaleTimersAreInNanosecondsWithRates() {
    GatewayMetrics metrics = metrics(without(Family.RUNTIME), 1);
    for (int i = 1; i <= 10; i++) {
      metrics.loop(0).lookedUp(TimeUnit.MILLISECONDS.toNanos(i));
    }
    now.addAndGet(TimeUnit.SECONDS.toNanos(5));

    assertThat(metrics.codahale("routelookup")).isEqualTo("{\"timers\":{\"routelookup\":{\"15m.rate\":2,\"1m.rate\":2,\"5m.rate\":2,"
        + "\"75%\":7500000,\"95%\":9500000,\"99%\":9900000,\"99.9%\":9990000,\"count\":10,\"max\":10000000,\"mean\":5500000,\"mean.rate\":2,"
        + "\"median\":5000000,\"min\":1000000,\"stddev\":" + deviation(metrics) + "}}}\n");
  }

  private static String deviation(GatewayMetrics metrics) {
    String json = metrics.codahale("routelookup");
    String text = json.substring(json.indexOf("stddev\":") + 8, json.indexOf('}'));
    assertThat(Double.parseDouble(text)).isBetween(2e6, 3.5e6);
    return text;
  }

  @Test
  void invalidRoutesAreGauges() {
    RoutesView view = FakeRoutes.of("a: * -> <shunt>;").withInvalid("bad: * -> nope() -> <shunt>;", "unknown_filter", "unknown filter \"nope\"");
    var metrics = new GatewayMetrics(MetricOptions.DEFAULT, 1, custom, () -> view, () -> 0, () -> 0, now::get);

    assertThat(metrics.prometheus(false)).contains("skipper_route_invalid{reason=\"unknown_filter\",route_id=\"bad\"} 1\n", "sluice_invalid_routes 1\n");
    assertThat(metrics.codahale("route.invalid")).isEqualTo("{\"gauges\":{\"skipper.route.invalid.bad.unknown_filter\":{\"value\":1}}}\n");
  }

  @Test
  void customMetricsAreShownInBothForms() {
    GatewayMetrics metrics = metrics(without(Family.RUNTIME), 1);
    custom.counter("shop.count").add(5);
    custom.gauge("lifo.active", 3.5);
    custom.timer("routes.update_latency").record(TimeUnit.MILLISECONDS.toNanos(7));

    assertThat(metrics.prometheus(false)).contains("skipper_custom_total{key=\"shop.count\"} 5\n", "skipper_custom_gauges{key=\"lifo.active\"} 3.5\n",
        "skipper_custom_duration_seconds_bucket{key=\"routes.update_latency\",le=\"0.01\"} 1\n");
    assertThat(metrics.codahale("lifo")).isEqualTo("{\"gauges\":{\"skipper.lifo.active\":{\"value\":3.5}}}\n");
    assertThat(metrics.codahale("routes.update_latency")).contains("\"count\":1,\"max\":7000000");
  }

  @Test
  void namesOfCustomMetricsAreBounded() {
    for (int i = 0; i < CustomMetrics.MOST + 10; i++) {
      custom.counter("c" + i).increment();
    }

    assertThat(custom.counters).hasSize(CustomMetrics.MOST + 1);
    assertThat(custom.counter("_further_").sum()).isEqualTo(10);
  }

  @Test
  void thePrefixNamesTheMetrics() {
    var options = new MetricOptions("edge.", Set.of(), List.of(1.0), List.of(1L), List.of(1L));
    var metrics = new GatewayMetrics(options, 1, custom, () -> FakeRoutes.of("a: * -> <shunt>;"), () -> 0, () -> 0, now::get);
    metrics.loop(0).arrived("HTTP/1.1");

    assertThat(metrics.prometheus(false)).contains("\nedge_custom_total{key=\"incoming.HTTP/1.1\"} 1\n");
    assertThat(metrics.codahale("incoming")).isEqualTo("{\"counters\":{\"edge.incoming.HTTP/1.1\":{\"count\":1}}}\n");
    assertThat(SkipperFamilies.namespace("my-gate.way.")).isEqualTo("my_gate_way");
    assertThat(SkipperFamilies.namespace("")).isEqualTo("skipper");
  }

  /// Loops count while others read: nothing is lost, and what is seen never goes back.
  @Test
  void readingDisturbsNoCount() throws Exception {
    GatewayMetrics metrics = metrics(without(Family.RUNTIME), 2);
    int each = 50_000;
    List<Thread> loops = List.of(0, 1).stream().map(i -> Thread.ofPlatform().start(() -> {
      for (int n = 0; n < each; n++) {
        serve(metrics.loop(i), n % 2 == 0 ? a : hosted, n % 3 == 0 ? "GET" : "POST", 200 + n % 5);
      }
    })).toList();
    long before = 0;
    while (loops.stream().anyMatch(Thread::isAlive)) {
      long seen = metrics.sums.times(loop -> loop.requests).count();
      assertThat(seen).isGreaterThanOrEqualTo(before);
      assertThat(metrics.prometheus(false)).isNotEmpty();
      before = seen;
    }
    for (Thread loop : loops) {
      loop.join();
    }

    assertThat(metrics.prometheus(false)).contains("sluice_request_duration_seconds_count " + 2 * each + "\n",
        "skipper_backend_duration_seconds_count{host=\"\",route=\"a\",zone=\"\"} " + each + "\n",
        "skipper_custom_total{key=\"incoming.HTTP/1.1\"} " + 2 * each + "\n");
  }

  private static void serve(LoopCounters loop, Route route, String method, int status) {
    loop.arrived("HTTP/1.1");
    loop.lookedUp(micros(10));
    loop.attempted("HTTP/1.1");
    loop.answered(route, status, micros(6000), "10.0.0.1:80", "eu");
    loop.ended(route, "shop.test:81", method, status, null, false, micros(7000), micros(1000), 100);
  }

  private GatewayMetrics metrics(Set<Family> families, int loops) {
    RoutesView view = FakeRoutes.of("a: Path(\"/a\") -> <shunt>; h: Host(/^shop[.]test$/) -> <shunt>;");
    var options = new MetricOptions("skipper.", families, families.size() == Family.values().length ? MetricOptions.DEFAULT.seconds() : List.of(.005, .01),
        List.of(1L, 1024L), List.of(4096L));
    return new GatewayMetrics(options, loops, custom, () -> view, () -> 7, () -> 3, now::get);
  }

  private static Set<Family> without(Family family) {
    Set<Family> families = EnumSet.copyOf(MetricOptions.DEFAULT.families());
    families.remove(family);
    return families;
  }

  private static String skipper(GatewayMetrics metrics) {
    var out = new StringBuilder();
    metrics.prometheus(false).lines().filter(line -> line.contains("skipper_")).forEach(line -> out.append(line).append('\n'));
    return out.toString();
  }

  private static long micros(long count) {
    return count * 1000;
  }
}
