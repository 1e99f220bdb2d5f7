package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.fixture.PerRequest;
import dev.sluice.proxy.fixture.MiniProxy;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Guards what makes the engine cheap: a Jetty update or a change of ours that brings back a system call, a hand-over or an allocation fails here.
@Timeout(60)
class CostTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n" + "x".repeat(100);
  private static final String GET =
      "GET /some/path?with=query HTTP/1.1\r\nHost: gateway.test\r\nUser-Agent: test\r\nAccept: */*\r\nX-Request-Id: 0123456789\r\n\r\n";
  private static final String POST = "POST /some/path HTTP/1.1\r\nHost: gateway.test\r\nContent-Length: 100\r\n\r\n" + "y".repeat(100);

  private static PerRequest measure(String request) throws Exception {
    try (TestBackend backend = TestBackend.answering(OK)) {
      MiniProxy proxy = new MiniProxy(backend.endpoint());
      LoopSettings settings = LoopSettings.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)).withLoops(1);
      try (LoopServer server = new LoopServer(settings, proxy)) {
        proxy.attach(server, true);
        server.start();
        try (RawClient client = RawClient.connect(server.addresses().getFirst())) {
          return PerRequest.measure(server, 2000, () -> {
            client.send(request);
            assertThat(client.body(client.head())).hasSize(100);
          });
        }
      }
    }
  }

  @Test
  void aRequestIsTwoReadsAndTwoWritesAndStaysOnItsLoop() throws Exception {
    PerRequest cost = measure(GET);
    assertThat(cost.reads()).as("%s", cost).isBetween(2.0, 2.01);
    assertThat(cost.writes()).as("%s", cost).isBetween(2.0, 2.01);
    assertThat(cost.selects()).as("%s", cost).isLessThan(2.02);
    assertThat(cost.interestChanges()).as("%s", cost).isLessThan(0.01);
    assertThat(cost.handOffs()).as("%s", cost).isZero();
    assertThat(cost.bytes()).as("%s", cost).isLessThan(4000);
  }

  @Test
  void aSmallBodyCostsNoFurtherCall() throws Exception {
    PerRequest cost = measure(POST);
    assertThat(cost.reads()).as("%s", cost).isBetween(2.0, 2.01);
    assertThat(cost.writes()).as("%s", cost).isBetween(2.0, 2.01);
    assertThat(cost.interestChanges()).as("%s", cost).isLessThan(0.01);
    assertThat(cost.handOffs()).as("%s", cost).isZero();
    assertThat(cost.bytes()).as("%s", cost).isLessThan(5000);
  }
}
