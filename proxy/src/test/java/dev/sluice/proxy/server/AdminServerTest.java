package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.MetricFlags;
import dev.sluice.proxy.observe.CustomMetrics;
import dev.sluice.proxy.observe.FakeRoutes;
import dev.sluice.proxy.observe.GatewayMetrics;
import dev.sluice.proxy.observe.MetricOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {
  private static final String ROUTES = "b: Path(\"/b\") && Method(\"GET\") -> setPath(\"/<x>&\") -> \"http://127.0.0.1:9\"; a: * -> <shunt>; "
      + "c: Header(\"X\",\"1\") -> <roundRobin, \"http://127.0.0.1:9\", \"http://127.0.0.1:8\">;";

  private final Readiness readiness = new Readiness();
  private GatewaySettings settings = GatewaySettings.defaults().with(ListenerFlags.SUPPORT_LISTENER, "127.0.0.1:0");
  private FakeRoutes routes = FakeRoutes.of(ROUTES);
  private AdminServer server;

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void listsRoutesAsText() throws Exception {
    assertThat(get("/routes")).isEqualTo("""
        HTTP/1.1 200 OK
        Content-Type: text/plain
        X-Timestamp: 1700000000
        X-Count: 3
        Content-Length: 183

        a: *
          -> <shunt>;

        b: Path("/b") && Method("GET")
          -> setPath("/<x>&")
          -> "http://127.0.0.1:9";

        c: Header("X", "1")
          -> <roundRobin, "http://127.0.0.1:9", "http://127.0.0.1:8">;""");
    assertThat(body("/routes/below")).startsWith("a: *\n  -> <shunt>;\n\nb: ");
  }

  @Test
  void listsSources() throws Exception {
    assertThat(body("/sources")).isEqualTo("""
        {"table":3,"switched":"2023-11-14T22:13:20Z","complete":true,"routes":3,"invalidRoutes":0,
        "sources":[
        {"client":"file","name":"routes.gw","healthy":true,"state":"read","routes":2,"updates":3,"failures":1,"updated":"2023-11-14T22:13:20Z"}
        ],
        "invalid":[

        ]}
        """);
    assertThat(request("POST", "/sources")).startsWith("HTTP/1.1 405 ");
  }

  @Test
  void listsRoutesCompact() throws Exception {
    String compact = """
        a: * -> <shunt>;
        b: Path("/b") && Method("GET") -> setPath("/<x>&") -> "http://127.0.0.1:9";
        c: Header("X", "1") -> <roundRobin, "http://127.0.0.1:9", "http://127.0.0.1:8">;""";
    assertThat(body("/routes?nopretty")).isEqualTo(compact);
    assertThat(body("/routes?nopretty=1")).isEqualTo(compact);
    assertThat(body("/routes?nopretty=false")).contains("\n  -> ");
    assertThat(body("/routes?nopretty=0")).contains("\n  -> ");
  }

  @Test
  void listsRoutesAsJson() throws Exception {
    String answer = request("GET", "/routes", "Accept: text/html, application/json");
    assertThat(answer).contains("Content-Type: application/json\n", "X-Count: 3\n").endsWith("\n\n" + """
        [{"id":"a","backend":{"type":"shunt"}},{"id":"b","backend":{"type":"network","address":"http://127.0.0.1:9"},\
        "predicates":[{"name":"Method","args":["GET"]},{"name":"Path","args":["/b"]}],"filters":[{"name":"setPath","args":["/\\u003cx\\u003e\\u0026"]}]},\
        {"id":"c","backend":{"type":"lb","algorithm":"roundRobin","endpoints":["http://127.0.0.1:8","http://127.0.0.1:9"]},\
        "predicates":[{"name":"Header","args":["X","1"]}]}]
        """);
  }

  @Test
  void listsAPartAtATime() throws Exception {
    assertThat(body("/routes?nopretty&offset=1&limit=1")).startsWith("b: ").doesNotContain("\n");
    assertThat(body("/routes?nopretty&limit=1")).isEqualTo("a: * -> <shunt>;");
    assertThat(get("/routes?offset=9")).contains("X-Count: 3\n", "Content-Length: 0\n");
    assertThat(body("/routes?limit=0")).isEmpty();
    assertThat(body("/routes?offset=1&limit=2147483647&nopretty")).startsWith("b: ").contains("\nc: ");
  }

  @Test
  void refusesBadParts() throws Exception {
    for (String query : List.of("offset=x", "offset=-1&limit=x", "offset=99999999999")) {
      assertThat(get("/routes?" + query)).startsWith("HTTP/1.1 400 ")
          .contains("Content-Type: text/plain; charset=utf-8\n", "X-Content-Type-Options: nosniff\n")
          .endsWith("\n\ninvalid offset\n");
    }
    assertThat(body("/routes?limit=-1")).isEqualTo("invalid limit\n");
    assertThat(body("/routes?timestamp=1")).isEqualTo("invalid timestamp\n");
    assertThat(get("/routes?timestamp=1700000000&limit=")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void headHasTheHeadersOnly() throws Exception {
    assertThat(request("HEAD", "/routes")).contains("HTTP/1.1 200 OK\n", "Content-Type: text/plain\n", "X-Count: 3\n").doesNotContain("a: *");
    assertThat(request("HEAD", "/routes?offset=x", "Accept: application/json")).contains("HTTP/1.1 200 OK\n", "Content-Type: application/json\n");
  }

  @Test
  void otherMethodsAreRefused() throws Exception {
    for (String method : List.of("POST", "DELETE", "OPTIONS", "PUT")) {
      assertThat(request(method, "/routes")).isEqualTo("HTTP/1.1 405 Method Not Allowed\nContent-Length: 0\n\n");
      assertThat(request(method, "/metrics")).startsWith("HTTP/1.1 405 ");
      assertThat(request(method, "/health")).startsWith("HTTP/1.1 405 ");
    }
  }

  @Test
  void listsRoutesThatWereLeftOut() throws Exception {
    routes = FakeRoutes.of("good: * -> <shunt>;")
        .withInvalid("bad: Path(\"/x\") -> noSuchFilter() -> \"http://127.0.0.1:9\";", "unknown_filter", "unknown filter \"noSuchFilter\"");

    assertThat(get("/routes?invalid=true")).contains("X-Count: 1\n").endsWith("\n\nbad: Path(\"/x\")\n  -> noSuchFilter()\n  -> \"http://127.0.0.1:9\";");
    assertThat(request("GET", "/routes?invalid=true", "Accept: application/json")).endsWith("\n\n"
        + "[{\"backend\":{\"type\":\"network\",\"address\":\"http://127.0.0.1:9\"},\"error\":\"unknown_filter: unknown filter \\\"noSuchFilter\\\"\","
        + "\"filters\":[{\"name\":\"noSuchFilter\"}],\"id\":\"bad\",\"predicates\":[{\"name\":\"Path\",\"args\":[\"/x\"]}]}]\n");
    assertThat(body("/routes?nopretty")).isEqualTo("good: * -> <shunt>;");
    assertThat(body("/routes?invalid=1&nopretty")).isEqualTo("good: * -> <shunt>;");
    assertThat(body("/routes?invalid=true&offset=2")).isEmpty();
  }

  @Test
  void showsNoPasswordsOfAddresses() throws Exception {
    routes = FakeRoutes.of("a: * -> \"http://me:secret@10.0.0.1:80/a@b\"; b: Path(\"/@\") -> <\"http://me:se@cret@10.0.0.1:80\", \"http://10.0.0.2:80\">;");

    assertThat(body("/routes?nopretty")).isEqualTo(
        "a: * -> \"http://***@10.0.0.1:80/a@b\";\nb: Path(\"/@\") -> <\"http://***@10.0.0.1:80\", \"http://10.0.0.2:80\">;");
    assertThat(request("GET", "/routes", "Accept: application/json")).doesNotContain("secret", "cret@");
  }

  @Test
  void saysHowTheGatewayDoes() throws Exception {
    assertThat(get("/health")).startsWith("HTTP/1.1 503 ").contains("Content-Type: application/json\n")
        .endsWith("\n\n{\"status\":\"down\",\"reason\":\"the gateway is starting\"}\n");
    assertThat(get("/health/live")).startsWith("HTTP/1.1 200 ").endsWith("\n\n{\"status\":\"up\"}\n");
    readiness.up();
    assertThat(body("/health")).isEqualTo("{\"status\":\"up\",\"table\":3,\"routes\":3,\"invalidRoutes\":0}\n");
    assertThat(body("/health/ready")).isEqualTo(body("/health"));
    routes = routes.loading();
    assertThat(body("/health")).isEqualTo("{\"status\":\"down\",\"reason\":\"the routes are not loaded yet\"}\n");
    readiness.shuttingDown();
    readiness.up();
    assertThat(body("/health")).isEqualTo("{\"status\":\"down\",\"reason\":\"the gateway is shutting down\"}\n");
    assertThat(get("/health/live")).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void acceptChoosesTheFlavourOfMetrics() throws Exception {
    assertThat(flavour("")).isEqualTo("codahale");
    assertThat(flavour("*/*")).isEqualTo("codahale");
    assertThat(flavour("application/codahale+json")).isEqualTo("codahale");
    assertThat(flavour("application/openmetrics-text;version=1.0.0;q=0.6,text/plain;version=0.0.4;q=0.3,*/*;q=0.2")).isEqualTo("prometheus");
    assertThat(flavour("application/openmetrics-text")).isEqualTo("openmetrics");
  }

  @Test
  void withBothFlavoursGivenPrometheusIsTheUsualOne() throws Exception {
    settings = settings.with(MetricFlags.METRICS_FLAVOUR, List.of("codahale", "prometheus"));
    assertThat(flavour("")).isEqualTo("prometheus");
    assertThat(flavour("text/html, */*")).isEqualTo("prometheus");
    assertThat(flavour("application/codahale+json")).isEqualTo("codahale");
  }

  @Test
  void oneFlavourIsTheOnlyOne() throws Exception {
    settings = settings.with(MetricFlags.METRICS_FLAVOUR, List.of("prometheus"));
    assertThat(flavour("application/codahale+json")).isEqualTo("prometheus");
    server.close();
    server = null;
    settings = settings.with(MetricFlags.METRICS_FLAVOUR, List.of("codahale"));
    assertThat(flavour("text/plain")).isEqualTo("codahale");
    server.close();
    server = null;
    settings = settings.with(MetricFlags.METRICS_FLAVOUR, List.of("otel"));
    assertThat(get("/metrics")).startsWith("HTTP/1.1 404 ");
  }

  private String flavour(String accept) throws Exception {
    String answer = accept.isEmpty() ? get("/metrics") : request("GET", "/metrics", "Accept: " + accept);
    if (answer.contains("Content-Type: application/openmetrics-text; version=1.0.0;") && answer.endsWith("\n# EOF\n")) {
      return "openmetrics";
    }
    if (answer.contains("Content-Type: text/plain; version=0.0.4; charset=utf-8; escaping=underscores\n") && answer.contains("\n# TYPE sluice_routes gauge\n")) {
      return "prometheus";
    }
    return answer.contains("Content-Type: application/json\n") && answer.contains("\"skipper.routes.total\":{\"value\":3}") ? "codahale" : answer;
  }

  @Test
  void oneMetricCanBeAskedFor() throws Exception {
    assertThat(body("/metrics/routes.total")).isEqualTo("{\"gauges\":{\"routes.total\":{\"value\":3}}}\n");
    assertThat(body("/metrics/x/skipper.routes.to")).isEqualTo("{\"gauges\":{\"skipper.routes.total\":{\"value\":3}}}\n");
    assertThat(get("/metrics/no.such.key")).startsWith("HTTP/1.1 404 ").endsWith("\n\n404 page not found\n");
  }

  @Test
  void metricsAreCompressedForThoseWhoAccept() throws Exception {
    assertThat(unpacked("/metrics")).contains("\"skipper.routes.total\"");
    server.close();
    server = null;
    settings = settings.with(MetricFlags.DISABLE_METRICS_COMPRESSION, true);
    assertThat(request("GET", "/metrics", "Accept-Encoding: gzip")).contains("\"skipper.routes.total\"").doesNotContain("Content-Encoding");
  }

  private String unpacked(String target) throws Exception {
    String answer = request("GET", target, "Accept-Encoding: br, gzip");
    assertThat(answer).contains("Content-Encoding: gzip\n", "Vary: Accept-Encoding\n");
    byte[] body = answer.substring(answer.indexOf("\n\n") + 2).getBytes(StandardCharsets.ISO_8859_1);
    return new String(new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes(), StandardCharsets.UTF_8);
  }

  @Test
  void otherPathsDoNotExist() throws Exception {
    for (String path : List.of("/nothing", "/routesx", "/metricsx", "/healthz", "/health/x", "/debug/pprof/")) {
      assertThat(get(path)).startsWith("HTTP/1.1 404 ").endsWith("\n\n404 page not found\n");
    }
    assertThat(get("/")).startsWith("HTTP/1.1 200 ").contains("Content-Type: text/html; charset=utf-8\n", "<a href=\"/routes\">");
  }

  @Test
  void anEmptyAddressIsOffUnlessTheOlderFlagNamesOne() throws Exception {
    settings = settings.with(ListenerFlags.SUPPORT_LISTENER, "");
    assertThat(made()).isNull();
    settings = settings.with(ListenerFlags.METRICS_LISTENER, "127.0.0.1:0");
    assertThat(body("/routes")).isNotEmpty();
  }

  @Test
  void aTakenAddressIsAClearError() throws Exception {
    get("/health");
    settings = settings.with(ListenerFlags.SUPPORT_LISTENER, "127.0.0.1:" + server.address().getPort());
    AdminServer second = Objects.requireNonNull(made());

    assertThatThrownBy(second::start).isInstanceOf(StartProblem.class)
        .hasMessage("-support-listener 127.0.0.1:" + server.address().getPort() + ": Address already in use");
  }

  @Test
  void anAddressThatCannotBeReadIsAClearError() {
    settings = settings.with(ListenerFlags.SUPPORT_LISTENER, "nowhere");
    assertThatThrownBy(this::made).isInstanceOf(StartProblem.class).hasMessageStartingWith("-support-listener: \"nowhere\" is no address");
  }

  private AdminServer made() throws StartProblem {
    var metrics = new GatewayMetrics(MetricOptions.DEFAULT, 1, new CustomMetrics(), () -> routes, () -> 0, () -> 0, System::nanoTime);
    return AdminServer.of(settings, metrics, () -> routes, readiness);
  }

  private String get(String target) throws Exception {
    return request("GET", target);
  }

  private String body(String target) throws Exception {
    String answer = get(target);
    return answer.substring(answer.indexOf("\n\n") + 2);
  }

  /// Head without the date, empty line, body.
  private String request(String method, String target, String... headers) throws IOException, StartProblem {
    if (server == null) {
      server = Objects.requireNonNull(made());
      server.start();
    }
    try (RawClient client = RawClient.connect(server.address())) {
      String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
      client.send(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "\r\n");
      String head = client.head();
      String body = method.equals("HEAD") ? "" : client.body(head);
      return head.replaceAll("Date: .*\n", "") + "\n" + body;
    }
  }
}
