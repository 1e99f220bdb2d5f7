package dev.sluice.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class RetryFilterTest {
  private final List<String> seen = new CopyOnWriteArrayList<>();

  @Test
  void aStatusGoesToTheNextEndpoint() throws Exception {
    try (var bad = answers("bad", "HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno");
        var good = answers("good", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nyes");
        var gateway = GatewayHarness.start("r: * -> retry(2, 0, 503) -> <roundRobin, " + address(bad) + ", " + address(good) + ">;")) {
      for (int i = 0; i < 4; i++) {
        assertThat(gateway.get("/" + i)).startsWith("HTTP/1.1 200").endsWith("\nyes");
      }
      assertThat(seen).contains("bad", "good");
    }
  }

  @Test
  void whenAllFailTheLastAnswerHolds() throws Exception {
    try (var bad = answers("bad", "HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno");
        var gateway = GatewayHarness.start("r: * -> retry(2, 0, 503) -> " + address(bad) + ";")) {
      assertThat(gateway.get("/")).startsWith("HTTP/1.1 503").endsWith("\nno");
      assertThat(seen).hasSize(3);
    }
  }

  @Test
  void aKeptBodyIsSentAgainWhole() throws Exception {
    try (var bad = answers("bad", "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
        var echo = TestBackend.echo();
        var gateway = GatewayHarness.start(
            "r: * -> retry(1, 100, 503) -> <roundRobin, \"http://127.0.0.1:" + bad.port() + "?weight=1\", " + address(echo) + ">;");
        RawClient client = gateway.client()) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
      String head = client.head();
      assertThat(head).startsWith("HTTP/1.1 200");
      assertThat(client.body(head)).contains("hello");
      assertThat(seen).containsExactly("bad");
    }
  }

  @Test
  void aBodyOverTheBoundIsSentOnce() throws Exception {
    try (var bad = answers("bad", "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
        var gateway = GatewayHarness.start("r: * -> retry(3, 4, 503) -> " + address(bad) + ";");
        RawClient client = gateway.client()) {
      client.send("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
      assertThat(client.head()).startsWith("HTTP/1.1 503");
      assertThat(seen).hasSize(1);
    }
  }

  @Test
  void aPostIsSentOnce() throws Exception {
    try (var bad = answers("bad", "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
        var gateway = GatewayHarness.start("r: * -> retry(3, 100, 503) -> " + address(bad) + ";");
        RawClient client = gateway.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
      assertThat(client.head()).startsWith("HTTP/1.1 503");
      assertThat(seen).hasSize(1);
    }
  }

  private static String address(TestBackend backend) {
    return "\"http://127.0.0.1:" + backend.port() + "\"";
  }

  private TestBackend answers(String name, String response) throws Exception {
    return TestBackend.of(connection -> {
      while (true) {
        connection.body(connection.head());
        seen.add(name);
        connection.send(response);
      }
    });
  }
}
