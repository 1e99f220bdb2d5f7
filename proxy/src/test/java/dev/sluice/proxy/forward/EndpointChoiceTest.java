package dev.sluice.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.flag.BackendFlags;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Which endpoints of a group a request reaches, over real sockets.
class EndpointChoiceTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @Test
  void whenNoneTakesTrafficTheAnswerIs502() throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("r: * -> <maglev, \"http://127.0.0.1:9?weight=0\", \"http://127.0.0.1:10?weight=0\">;")) {
      assertThat(gateway.get("/")).startsWith("HTTP/1.1 502");
      await().untilAsserted(() -> assertThat(gateway.log()).contains("no endpoint takes traffic"));
    }
  }

  @Test
  void everyAlgorithmGetsPastADeadEndpoint() throws Exception {
    try (TestBackend alive = TestBackend.answering(OK); Socket dead = new Socket()) {
      dead.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)); // a port that nobody else can take, and nobody listens on
      String endpoints = "\"http://127.0.0.1:" + dead.getLocalPort() + "\", \"http://127.0.0.1:" + alive.port() + "\", \"http://127.0.0.1:9?weight=0\"";
      for (String algorithm : new String[] {"roundRobin", "random", "consistentHash", "powerOfRandomNChoices", "weightedRoundRobin",
          "leastRequests", "ringHash", "maglev", "directHash"}) {
        try (GatewayHarness gateway = GatewayHarness.start("r: * -> <" + algorithm + ", " + endpoints + ">;"); RawClient client = gateway.client()) {
          for (int i = 0; i < 4; i++) {
            assertThat(client.get("/" + i)).as(algorithm).startsWith("HTTP/1.1 200");
          }
        }
      }
    }
  }

  @Test
  void aFailingEndpointIsLeftOut() throws Exception {
    AtomicInteger seen = new AtomicInteger();
    try (TestBackend failing = TestBackend.of(connection -> {
          connection.head();
          seen.incrementAndGet();
        });
        TestBackend alive = TestBackend.answering(OK);
        GatewayHarness gateway = GatewayHarness.start(
            "r: * -> <\"http://127.0.0.1:" + failing.port() + "\", \"http://127.0.0.1:" + alive.port() + "\">;",
            flags -> flags.with(BackendFlags.PASSIVE_HEALTH_CHECK,
                Map.of("period", "500ms", "min-requests", "0", "max-drop-probability", "1")));
        RawClient client = gateway.client()) {
      await().atMost(Duration.ofSeconds(20)).until(() -> {
        int before = seen.get();
        for (int i = 0; i < 10; i++) {
          client.get("/");
        }
        return before > 0 && seen.get() == before;
      });
      assertThat(gateway.log()).contains("passive health check: endpoint 127.0.0.1:" + failing.port() + " failed in 100 % of ");
    }
  }
}
