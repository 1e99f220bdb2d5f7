package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.LogFlags;
import dev.sluice.proxy.flag.MetricFlags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a running gateway shows of the requests that it serves.
class ObservedGatewayTest {
  private static final UnaryOperator<GatewaySettings> ADMIN = settings -> settings
      .with(ListenerFlags.SUPPORT_LISTENER, "127.0.0.1:0")
      .with(MetricFlags.METRICS_FLAVOUR, List.of("codahale", "prometheus"));

  @Test
  void everyRequestIsOneLine() throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("a: Path(\"/a\") -> inlineContent(\"hello\") -> <shunt>;")) {
      try (RawClient client = gateway.client()) {
        client.send("GET /a?x=1 HTTP/1.1\r\nHost: gateway.test\r\nReferer: http://from.test/\r\nUser-Agent: tester 1.0\r\n\r\n");
        client.body(client.head());
      }
      gateway.get("/nowhere");
      try (RawClient client = gateway.client()) {
        client.send("GET /bad\u0001 HTTP/1.1\r\n\r\n").rest();
      }
      String start = "127\\.0\\.0\\.1 - - \\[[^]]+] ";
      await().untilAsserted(() -> assertThat(lines(gateway)).as(gateway.log()).hasSize(3));
      assertThat(lines(gateway).get(0)).matches(start + "\"GET /a\\?x=1 HTTP/1\\.1\" 200 5 \"http://from\\.test/\" \"tester 1\\.0\" \\d+ gateway\\.test - -");
      assertThat(lines(gateway).get(1)).matches(start + "\"GET /nowhere HTTP/1\\.1\" 404 10 \"-\" \"-\" \\d+ gateway\\.test - -");
      assertThat(lines(gateway).get(2)).matches(start + "\"GET /bad\\\\x01 HTTP/1\\.1\" 400 \\d+ \"-\" \"-\" \\d+ - - -");
    }
  }

  @Test
  void linesGoToTheFileThatAFlagNames(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("access.log");
    try (GatewayHarness gateway = GatewayHarness.start("a: * -> <shunt>;", settings -> settings
        .with(LogFlags.ACCESS_LOG, file.toString()).with(LogFlags.ACCESS_LOG_JSON_ENABLED, true))) {
      gateway.get("/a");
      gateway.close();
      assertThat(lines(gateway)).isEmpty();
    }
    assertThat(Files.readString(file)).hasLineCount(1).contains("\"uri\":\"/a\"", "\"status\":404");
  }

  @Test
  void noLineWhenTheLogIsOff() throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("a: * -> <shunt>;", settings -> settings.with(LogFlags.ACCESS_LOG_DISABLED, true))) {
      gateway.get("/a");
      gateway.close();
      assertThat(lines(gateway)).isEmpty();
    }
  }

  @Test
  void filtersSayWhatIsLogged() throws Exception {
    String routes = "a: Path(\"/a\") -> enableAccessLog(4) -> <shunt>; b: Path(\"/b\") -> enableAccessLog(4) -> status(200) -> <shunt>; c: * -> <shunt>;";
    try (GatewayHarness gateway = GatewayHarness.start(routes, settings -> settings.with(LogFlags.ACCESS_LOG_DISABLED, true))) {
      gateway.get("/a");
      gateway.get("/b");
      gateway.get("/c");
      gateway.close();
      assertThat(lines(gateway)).singleElement().asString().contains("\"GET /a HTTP/1.1\" 404");
    }
  }

  @Test
  void aFileThatCannotBeWrittenStopsTheStart(@TempDir Path folder) {
    assertThatThrownBy(() -> GatewayHarness.start("", settings -> settings.with(LogFlags.ACCESS_LOG, folder.resolve("no/log").toString())))
        .isInstanceOf(StartProblem.class).hasMessageStartingWith("-access-log: " + folder.resolve("no/log") + " cannot be written: ");
  }

  @Test
  void metricsCountRequestsRoutesAndBackends() throws Exception {
    try (TestBackend backend = TestBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        GatewayHarness gateway = GatewayHarness.start(
            "a: Path(\"/a\") -> \"" + backend.endpoint().text() + "\"; d: Path(\"/d\") -> \"http://127.0.0.1:1\";", ADMIN)) {
      gateway.get("/a");
      gateway.get("/a");
      gateway.get("/d");
      gateway.get("/none");
      await().until(() -> admin(gateway, "/metrics").contains("sluice_request_duration_seconds_count 4\n"));
      assertThat(admin(gateway, "/metrics")).contains(
          "skipper_custom_total{key=\"incoming.HTTP/1.1\"} 4\n",
          "skipper_route_error_total 1\n",
          "skipper_route_lookup_duration_seconds_count 4\n",
          "skipper_backend_duration_seconds_count{host=\"\",route=\"a\",zone=\"\"} 2\n",
          "skipper_backend_error_total{route=\"d\"} 1\n",
          "skipper_response_duration_seconds_count{code=\"200\",method=\"GET\",route=\"a\"} 2\n",
          "sluice_requests_total{class=\"5xx\",code=\"502\"} 1\n",
          "sluice_request_failures_total{kind=\"connect-refused\"} 1\n",
          "sluice_table_version 1\n");
    }
  }

  @Test
  void metricsSayWhereTheTimeGoes() throws Exception {
    try (TestBackend backend = TestBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        TestBackend hook = TestBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        GatewayHarness gateway = GatewayHarness.start(
            "a: Path(\"/a\") -> latency(\"20ms\") -> \"" + backend.endpoint().text() + "\"; b: Path(\"/b\") -> \"" + backend.endpoint().text()
                + "\"; c: Path(\"/c\") -> webhook(\"" + hook.endpoint().text() + "\") -> status(204) -> <shunt>;",
            flags -> ADMIN.apply(flags).with(MetricFlags.ALL_FILTERS_METRICS, true))) {
      gateway.get("/a");
      gateway.get("/b");
      gateway.get("/c");
      await().until(() -> admin(gateway, "/metrics").contains("sluice_request_duration_seconds_count 3\n"));
      String metrics = admin(gateway, "/metrics");
      assertThat(metrics).contains(
          "skipper_filter_all_combined_request_duration_seconds_count 2\n",
          "skipper_filter_all_combined_response_duration_seconds_count 2\n",
          "skipper_filter_all_request_duration_seconds_count{route=\"a\"} 1\n",
          "skipper_proxy_total_duration_seconds_count 3\n",
          "sluice_waiting_filters_total 1\n",
          "sluice_exchanges 0\n");
      assertThat(value(metrics, "skipper_filter_all_response_duration_seconds_sum{route=\"a\"}")).as("the delay").isBetween(0.02, 5.0);
      assertThat(value(metrics, "skipper_proxy_total_duration_seconds_sum")).as("without filters and backend").isBetween(1e-6, 0.6);
      await().untilAsserted(() -> assertThat(value(admin(gateway, "/metrics"), "sluice_loop_delay_seconds_count")).as("timers that ran").isGreaterThan(1));
    }
  }

  private static double value(String metrics, String series) {
    int at = metrics.indexOf("\n" + series + " ");
    assertThat(at).as(series).isNotNegative();
    return Double.parseDouble(metrics.substring(at + series.length() + 2, metrics.indexOf('\n', at + 1)));
  }

  @Test
  void theAdminListenerShowsRoutesAndHealth() throws Exception {
    GatewayHarness gateway = GatewayHarness.start(
        "a: * -> <shunt>; bad: Path(\"/x\") -> noSuchFilter() -> <shunt>; worse: Path(\"/y\") -> status(\"x\") -> <shunt>; "
            + "worst: Weight(\"z\") -> <shunt>;", ADMIN);
    try (gateway) {
      assertThat(admin(gateway, "/routes?nopretty")).endsWith("\n\na: * -> <shunt>;");
      assertThat(admin(gateway, "/health")).startsWith("HTTP/1.1 200 ").endsWith("{\"status\":\"up\",\"table\":1,\"routes\":1,\"invalidRoutes\":3}\n");
      assertThat(admin(gateway, "/metrics")).contains(
          "skipper_route_invalid{reason=\"unknown_filter\",route_id=\"bad\"} 1\n",
          "skipper_route_invalid{reason=\"invalid_filter_params\",route_id=\"worse\"} 1\n",
          "skipper_route_invalid{reason=\"invalid_predicate_params\",route_id=\"worst\"} 1\n");
      gateway.gateway().shuttingDown();
      assertThat(admin(gateway, "/health")).startsWith("HTTP/1.1 503 ");
    }
  }

  private static List<String> lines(GatewayHarness gateway) {
    return gateway.log().lines().filter(line -> line.contains(" HTTP/1.1\" ") || line.startsWith("{")).toList();
  }

  private static String admin(GatewayHarness gateway, String target) throws IOException {
    try (RawClient client = RawClient.connect(gateway.gateway().adminAddress())) {
      return client.get(target);
    }
  }
}
