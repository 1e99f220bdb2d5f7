package dev.sluice.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import org.junit.jupiter.api.Test;

class FirstPathTest {
  @Test
  void aShuntAnswersInPlace() throws Exception {
    try (var gateway = GatewayHarness.start("r: Path(\"/hello\") -> inlineContent(\"hi\") -> <shunt>;")) {
      assertThat(gateway.get("/hello")).startsWith("HTTP/1.1 200").endsWith("\nhi");
      assertThat(gateway.get("/other")).startsWith("HTTP/1.1 404").endsWith("\nNot Found\n");
    }
  }

  @Test
  void aNetworkBackendGetsTheRequest() throws Exception {
    try (var backend = TestBackend.echo();
        var gateway = GatewayHarness.start("r: * -> setRequestHeader(\"X-A\", \"1\") -> setPath(\"/b\") -> setResponseHeader(\"X-R\", \"2\") -> \""
            + "http://127.0.0.1:" + backend.endpoint().port() + "\";");
        RawClient client = gateway.client()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.get("/a?q=" + i)).contains("X-R: 2").contains("GET /b?q=" + i + " HTTP/1.1\n").contains("X-A: 1\n");
      }
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @Test
  void aLoopbackIsLookedUpAgainAndLimited() throws Exception {
    try (var gateway = GatewayHarness.start(
        "a: Path(\"/a\") -> setPath(\"/b\") -> <loopback>; b: Path(\"/b\") -> inlineContent(\"b\") -> <shunt>; c: Path(\"/c\") -> <loopback>;")) {
      assertThat(gateway.get("/a")).endsWith("\nb");
      assertThat(gateway.get("/c")).startsWith("HTTP/1.1 500");
    }
  }

  @Test
  void latencyWaitsOnATimer() throws Exception {
    try (var gateway = GatewayHarness.start("r: * -> latency(\"30ms\") -> inlineContent(\"late\") -> <shunt>;")) {
      long before = System.nanoTime();
      assertThat(gateway.get("/")).endsWith("\nlate");
      assertThat(System.nanoTime() - before).isGreaterThan(29_000_000);
    }
  }

  @Test
  void aDeadEndpointIsReplacedByTheNext() throws Exception {
    int dead;
    try (var closed = new java.net.ServerSocket(0)) {
      dead = closed.getLocalPort();
    }
    try (var backend = TestBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        var gateway = GatewayHarness.start("r: * -> <\"http://127.0.0.1:" + dead + "\", \"http://127.0.0.1:" + backend.endpoint().port() + "\">;"
            + "d: Path(\"/dead\") -> \"http://127.0.0.1:" + dead + "\";")) {
      for (int i = 0; i < 6; i++) {
        assertThat(gateway.get("/")).startsWith("HTTP/1.1 200");
      }
      assertThat(gateway.get("/dead")).startsWith("HTTP/1.1 502").endsWith("Bad Gateway\n");
      await().until(() -> gateway.log().contains("connect-refused: route d"));
    }
  }
}
