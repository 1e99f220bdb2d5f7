package dev.sluice.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class KeptConnectionTest {
  @Test
  void aGetIsSentAgainWhenTheKeptConnectionIsClosedInsteadOfAnswered() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (var backend = secondRequestIsClosed(requests);
        var gateway = GatewayHarness.start("r: * -> \"http://127.0.0.1:" + backend.endpoint().port() + "\";");
        RawClient client = gateway.client()) {
      assertThat(client.get("/1")).startsWith("HTTP/1.1 200").endsWith("\n1");
      assertThat(client.get("/2")).startsWith("HTTP/1.1 200").endsWith("\n3");
      assertThat(requests).hasValue(3);
    }
  }

  @Test
  void aPostIsNot() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    try (var backend = secondRequestIsClosed(requests);
        var gateway = GatewayHarness.start("r: * -> \"http://127.0.0.1:" + backend.endpoint().port() + "\";");
        RawClient client = gateway.client()) {
      assertThat(client.get("/1")).startsWith("HTTP/1.1 200");
      client.send("POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
      assertThat(client.head()).startsWith("HTTP/1.1 502");
      assertThat(requests).hasValue(2);
    }
  }

  /// Answers with the number of the request, but closes instead of answering the second.
  private static TestBackend secondRequestIsClosed(AtomicInteger requests) throws Exception {
    return TestBackend.of(connection -> {
      while (true) {
        connection.body(connection.head());
        int number = requests.incrementAndGet();
        if (number == 2) {
          return;
        }
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + number);
      }
    });
  }
}
