package dev.sluice.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.LogFlags;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Retries when all endpoints are down: as many as the budget allows, so that the cluster does not get many times its load when it comes back.
class DeadClusterTest {
  private static final int REQUESTS = 1000;
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  @ParameterizedTest
  @ValueSource(strings = {"", "retry(10, 0) -> "})
  void retriesKeepToTheirBudget(String filter) throws Exception {
    AtomicInteger attempts = new AtomicInteger();
    TestBackend.Script dying = connection -> {
      connection.head();
      attempts.incrementAndGet();
    };
    long start = System.nanoTime();
    try (TestBackend one = TestBackend.of(dying);
        TestBackend two = TestBackend.of(dying);
        TestBackend three = TestBackend.of(dying);
        GatewayHarness gateway = GatewayHarness.start(
            "r: * -> " + filter + "<\"" + one.endpoint().text() + "\", \"" + two.endpoint().text() + "\", \"" + three.endpoint().text() + "\">;",
            flags -> flags.with(LogFlags.ACCESS_LOG_DISABLED, true));
        RawClient client = gateway.client()) {
      for (int i = 0; i < REQUESTS; i++) {
        assertThat(client.get("/" + i)).startsWith("HTTP/1.1 502 ");
      }
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    int retries = attempts.get() - REQUESTS;
    assertThat(retries).as("retries in %.1f s", seconds).isBetween(REQUESTS / 5, (int) (REQUESTS / 5 + 10 * seconds + 100 + 1));
  }

  @Test
  void anyRequestGetsPastEndpointsThatRefuse() throws Exception {
    try (TestBackend alive = TestBackend.answering(OK); Socket dead = new Socket(); Socket deadToo = new Socket()) {
      for (Socket socket : new Socket[] {dead, deadToo}) {
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)); // nobody listens there
      }
      try (GatewayHarness gateway = GatewayHarness.start(
              "r: * -> <\"http://127.0.0.1:" + dead.getLocalPort() + "?weight=1\", \"http://127.0.0.1:" + deadToo.getLocalPort() + "\", \""
                  + alive.endpoint().text() + "\">;", flags -> flags.with(BackendFlags.DISABLE_HTTP_KEEPALIVES, true));
          RawClient client = gateway.client()) {
        for (String request : new String[] {
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello",
            "PATCH / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"}) {
          client.send(request);
          String head = client.head();
          assertThat(head).as(request).startsWith("HTTP/1.1 200 ");
          client.body(head);
        }
      }
    }
  }
}
