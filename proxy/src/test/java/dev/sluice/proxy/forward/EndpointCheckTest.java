package dev.sluice.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.LogFlags;
import dev.sluice.proxy.flag.MetricFlags;
import dev.sluice.proxy.flag.RouteFlags;
import dev.sluice.proxy.server.GatewaySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Active checks of endpoints, over real sockets.
@Timeout(60)
class EndpointCheckTest {
  private static final UnaryOperator<GatewaySettings> ADMIN = settings -> settings
      .with(ListenerFlags.SUPPORT_LISTENER, "127.0.0.1:0")
      .with(LogFlags.ACCESS_LOG_DISABLED, true)
      .with(MetricFlags.METRICS_FLAVOUR, List.of("prometheus"));
  private static final String FAST = "endpointCheck(\"/health?deep=1\", \"interval=100ms\", \"timeout=300ms\", \"unhealthy=2\", \"healthy=2\")";

  private Checked one;
  private Checked two;

  /// A backend whose health is set by the test; it serves requests in any state.
  private static final class Checked implements AutoCloseable {
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final TestBackend backend;
    private volatile String answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private volatile String lastAsk = "";

    private Checked() throws IOException {
      backend = TestBackend.of(connection -> {
        while (true) {
          String head = connection.head();
          if (!head.contains(" /health?deep=1 ")) {
            served.incrementAndGet();
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nserved");
            continue;
          }
          lastAsk = head;
          asked.incrementAndGet();
          String now = answer;
          if (now.equals("hang")) {
            connection.ended();
            return;
          }
          if (now.equals("close")) {
            return;
          }
          connection.send(now);
        }
      });
    }

    private void is(String text) {
      answer = text;
    }

    @Override
    public void close() throws IOException {
      backend.close();
    }
  }

  @BeforeEach
  void start() throws IOException {
    one = new Checked();
    two = new Checked();
  }

  @AfterEach
  void stop() throws IOException {
    one.close();
    two.close();
  }

  private String group(String path, String filters) {
    return "Path(\"" + path + "\") -> " + filters + " -> <\"" + one.backend.endpoint().text() + "\", \"" + two.backend.endpoint().text() + "\">;";
  }

  private static String admin(GatewayHarness gateway, String target) throws IOException {
    try (RawClient client = RawClient.connect(gateway.gateway().adminAddress())) {
      return client.get(target);
    }
  }

  private static String gauge(Checked of, int value) {
    return "sluice_endpoint_healthy{endpoint=\"127.0.0.1:" + of.backend.port() + "\",path=\"/health?deep=1\"} " + value + "\n";
  }

  private static void awaitHealth(GatewayHarness gateway, Checked of, int value) {
    await().pollInterval(Duration.ofMillis(20)).untilAsserted(() -> assertThat(admin(gateway, "/metrics")).contains(gauge(of, value)));
  }

  private int servedByOneOf(GatewayHarness gateway, int requests) throws IOException {
    int before = one.served.get();
    try (RawClient client = gateway.client()) {
      for (int i = 0; i < requests; i++) {
        assertThat(client.get("/a")).startsWith("HTTP/1.1 200 ");
      }
    }
    return one.served.get() - before;
  }

  @Test
  void anEndpointThatIsUnwellGetsNothingUntilItIsWellAgain() throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("a: " + group("/a", FAST), ADMIN)) {
      await().until(() -> one.asked.get() > 0 && two.asked.get() > 0);
      assertThat(one.lastAsk).startsWith("GET /health?deep=1 HTTP/1.1\nHost: 127.0.0.1:" + one.backend.port() + "\nUser-Agent: Sluice-endpointCheck\n");
      assertThat(servedByOneOf(gateway, 10)).isEqualTo(5);
      for (String bad : new String[] {"HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno", "hang", "close", "garbage\r\n\r\n"}) {
        one.is(bad);
        awaitHealth(gateway, one, 0);
        assertThat(servedByOneOf(gateway, 10)).as(bad).isZero();
        one.is("HTTP/1.1 204 OK\r\n\r\n");
        awaitHealth(gateway, one, 1);
        assertThat(servedByOneOf(gateway, 10)).as("after " + bad).isEqualTo(5);
      }
      assertThat(gateway.log()).contains(
          "endpoint check: 127.0.0.1:" + one.backend.port() + " is not well: status 503",
          "endpoint check: 127.0.0.1:" + one.backend.port() + " is not well: no answer in 300 ms",
          "endpoint check: 127.0.0.1:" + one.backend.port() + " is not well: backend-closed: closed before an answer",
          "endpoint check: 127.0.0.1:" + one.backend.port() + " is not well: backend-protocol: malformed response",
          "endpoint check: 127.0.0.1:" + one.backend.port() + " is well again");
    }
  }

  @Test
  void whenNoneIsWellAllAreTried() throws Exception {
    one.is("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
    two.is("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
    try (GatewayHarness gateway = GatewayHarness.start("a: " + group("/a", FAST), ADMIN)) {
      awaitHealth(gateway, one, 0);
      awaitHealth(gateway, two, 0);
      assertThat(servedByOneOf(gateway, 10)).isEqualTo(5);
    }
  }

  @Test
  void anUnwellEndpointIsTheLastResort() throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("a: " + group("/a", FAST), ADMIN)) {
      one.is("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
      awaitHealth(gateway, one, 0);
      two.close(); // refuses from now on
      assertThat(servedByOneOf(gateway, 3)).isEqualTo(3);
    }
  }

  @Test
  void passiveAndActiveChecksCombine() throws Exception {
    try (TestBackend failing = TestBackend.of(connection -> {
          String head = connection.head();
          while (head.contains("/health")) {
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            head = connection.head();
          }
        });
        GatewayHarness gateway = GatewayHarness.start(
            "a: Path(\"/a\") -> " + FAST + " -> <\"" + one.backend.endpoint().text() + "\", \"" + two.backend.endpoint().text() + "\", \""
                + failing.endpoint().text() + "\">;",
            flags -> ADMIN.apply(flags).with(BackendFlags.PASSIVE_HEALTH_CHECK,
                Map.of("period", "300ms", "min-requests", "0", "max-drop-probability", "1")));
        RawClient client = gateway.client()) {
      one.is("hang");
      awaitHealth(gateway, one, 0);
      String drop = "sluice_endpoint_drop_probability{endpoint=\"127.0.0.1:" + failing.port() + "\"} 1";
      await().pollInterval(Duration.ofMillis(20)).untilAsserted(() -> {
        for (int i = 0; i < 6; i++) {
          client.get("/a");
        }
        assertThat(admin(gateway, "/metrics")).contains(drop);
      });
      int before = two.served.get();
      int unwell = one.served.get();
      int failures = failing.connections();
      for (int i = 0; i < 4; i++) {
        assertThat(client.get("/a")).startsWith("HTTP/1.1 200 ");
      }
      // The period may have ended meanwhile; then the failing one has got one request more.
      assertThat(two.served.get() - before).isEqualTo(4);
      assertThat(failing.connections() - failures).isLessThanOrEqualTo(2);
      assertThat(one.served).hasValue(unwell);
    }
  }

  @Test
  void equalChecksAreOneAndEndWithTheLastRoute(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("r.gw"), "a: " + group("/a", FAST) + " b: " + group("/b", FAST));
    try (GatewayHarness gateway = GatewayHarness.start("", flags -> ADMIN.apply(flags)
        .with(RouteFlags.INLINE_ROUTES, "").with(RouteFlags.ROUTES_FILE, List.of(file.toString())))) {
      await().until(() -> one.asked.get() > 2);
      assertThat(admin(gateway, "/endpoints")).contains("X-Count: 2\n")
          .containsPattern("\\{\"endpoint\":\"127\\.0\\.0\\.1:" + one.backend.port() + "\",\"requests\":0,\"dropProbability\":0\\.000,"
              + "\"knownSeconds\":[0-9]+,\"routes\":2,\"checks\":\\[\\{\"path\":\"/health\\?deep=1\",\"healthy\":true,\"asked\":[0-9]+,\"failures\":0}]}")
          .satisfies(text -> assertThat(text.split("\"path\"")).as("checks").hasSize(3));
      one.is("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
      awaitHealth(gateway, one, 0);
      replace(file, "a: " + group("/other", FAST));
      await().until(() -> admin(gateway, "/endpoints").contains("\"routes\":1,"));
      assertThat(admin(gateway, "/endpoints")).contains("\"healthy\":false,").contains("\"problem\":\"status 500\"}");
      assertThat(admin(gateway, "/metrics")).as("what it knew stays").contains(gauge(one, 0));
      replace(file, "a: " + group("/a", "status(200)"));
      await().until(() -> !admin(gateway, "/endpoints").contains("\"path\""));
      int asked = one.asked.get();
      await().during(Duration.ofMillis(400)).atMost(Duration.ofSeconds(2)).until(() -> one.asked.get() == asked);
    }
  }

  private static void replace(Path file, String routes) throws IOException {
    Path next = Files.writeString(file.resolveSibling("next"), routes);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void theCheckMayBeAskedElsewhereAndOtherwise() throws Exception {
    String check = "endpointCheck(\"/health?deep=1\", \"interval=100ms\", \"address=:" + two.backend.port()
        + "\", \"host=shop.test\", \"method=HEAD\", \"status=204,401-403\", \"unhealthy=1\", \"healthy=1\")";
    try (GatewayHarness gateway = GatewayHarness.start("a: Path(\"/a\") -> " + check + " -> <\"" + one.backend.endpoint().text() + "\">;", ADMIN)) {
      two.is("HTTP/1.1 402 Pay\r\nContent-Length: 7\r\n\r\n");
      await().until(() -> two.asked.get() > 1);
      assertThat(two.lastAsk).startsWith("HEAD /health?deep=1 HTTP/1.1\nHost: shop.test\n");
      assertThat(one.asked).hasValue(0);
      assertThat(admin(gateway, "/metrics")).contains(gauge(one, 1));
      two.is("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n");
      awaitHealth(gateway, one, 0);
    }
  }
}
