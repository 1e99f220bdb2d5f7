package dev.sluice.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.flag.ListenerFlags;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "PUT / HTTP/1.1\\r\\nHost: a\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n5\\r\\nhello\\r\\n0\\r\\n\\r\\n | 100 | 1",
    "PUT / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 5\\r\\n\\r\\nhello | 0 | 1",
    "PUT / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 5\\r\\n\\r\\nhello | 5 | 4",
    "PUT / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 0\\r\\n\\r\\n | 0 | 4",
    "DELETE / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n | 0 | 4",
    "TRACE / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n | 0 | 4",
    "OPTIONS / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n | 0 | 4",
    "POST / HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n | 100 | 1",
    "PATCH / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 5\\r\\n\\r\\nhello | 100 | 1",
  })
  void whatIsRepeated(String request, int maxBody, int tries) throws Exception {
    for (String answer : new String[] {"HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno", "no answer at all"}) {
      boolean status = answer.startsWith("HTTP");
      seen.clear();
      try (var bad = TestBackend.of(connection -> {
            do {
              connection.body(connection.head());
              seen.add("bad");
              if (status) {
                connection.send(answer);
              }
            } while (status);
          });
          var gateway = GatewayHarness.start("r: * -> retry(3, " + maxBody + ", 503) -> " + address(bad) + ";");
          RawClient client = gateway.client()) {
        client.send(request.replace("\\r", "\r").replace("\\n", "\n"));
        assertThat(client.head()).as("the last answer, or 502").startsWith(status ? "HTTP/1.1 503 " : "HTTP/1.1 502 ");
        assertThat(seen).as(answer).hasSize(tries);
      }
    }
  }

  @Test
  void aBackendThatCannotBeReachedIsTriedAgainForAnyMethod() throws Exception {
    try (Socket dead = new Socket()) {
      dead.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)); // nobody listens there
      try (var gateway = GatewayHarness.start("r: * -> retry(4, 0) -> \"http://127.0.0.1:" + dead.getLocalPort() + "\";",
              flags -> flags.with(ListenerFlags.SUPPORT_LISTENER, "127.0.0.1:0"));
          RawClient client = gateway.client();
          RawClient admin = RawClient.connect(gateway.gateway().adminAddress())) {
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello");
        assertThat(client.head()).startsWith("HTTP/1.1 502 ");
        admin.send("GET /metrics HTTP/1.1\r\nHost: a\r\nAccept: text/plain\r\n\r\n");
        assertThat(admin.body(admin.head())).contains("\nsluice_backend_retries_total 4\n");
      }
    }
  }

  @Test
  void triesEndWithTheRoutesTime() throws Exception {
    try (var bad = answers("bad", "HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
        var gateway = GatewayHarness.start("r: * -> backendTimeout(\"150ms\") -> retry(100, 0, 503) -> " + address(bad) + ";")) {
      // The budget may be spent before; then the last answer holds.
      long start = System.nanoTime();
      assertThat(gateway.get("/").substring(0, 13)).isIn("HTTP/1.1 504 ", "HTTP/1.1 503 ");
      assertThat(System.nanoTime() - start).isLessThan(5_000_000_000L);
      int tries = seen.size();
      await().during(Duration.ofMillis(600)).atMost(Duration.ofSeconds(3)).until(() -> seen.size() == tries);
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
