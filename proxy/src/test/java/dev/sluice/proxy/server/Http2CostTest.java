package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.fixture.Engine;
import dev.sluice.proxy.fixture.PerRequest;
import dev.sluice.proxy.fixture.RawHttp2;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.loop.Tricks;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Guards what requests of HTTP/2 cost: they too stay on their loop.
@Timeout(120)
class Http2CostTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n" + "x".repeat(100);

  @Test
  void aProxiedRequest() throws Exception {
    try (TestBackend backend = TestBackend.answering(OK);
        var gateway = Http2GatewayTest.before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address()).window(0, 1 << 30).withoutWindows()) {
      int[] stream = {-1};
      long direct = direct();
      PerRequest cost = PerRequest.measure(gateway.gateway().server(), 2000, () -> {
        stream[0] += 2;
        assertThat(client.get(stream[0], "/some/path?with=query", "user-agent: test", "accept: */*").answer(stream[0]).body()).hasSize(100);
      });
      assertThat(cost.handOffs()).as("%s", cost).isLessThan(0.01);
      assertThat(cost.reads()).as("%s", cost).isBetween(2.0, 2.05);
      assertThat(cost.writes()).as("%s", cost).isBetween(2.0, 2.05);
      assertThat(cost.interestChanges()).as("%s", cost).isLessThan(0.01);
      assertThat(cost.bytes()).as("%s", cost).isLessThan(13_000);
      // Every buffer comes from the pool: a new one for each head would be a gigabyte by now.
      assertThat(direct() - direct).as("bytes of direct buffers").isLessThan(16 << 20);
    }
  }

  private static long direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
  }

  @Test
  void anUpload() throws Exception {
    try (TestBackend backend = TestBackend.answering(OK);
        var gateway = Http2GatewayTest.before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address()).window(0, 1 << 30).withoutWindows()) {
      int[] stream = {-1};
      PerRequest cost = PerRequest.measure(gateway.gateway().server(), 1000, () -> {
        stream[0] += 2;
        client.request(stream[0], false, "POST", "/up").data(stream[0], true, "y".repeat(100));
        assertThat(client.answer(stream[0]).body()).hasSize(100);
      });
      assertThat(cost.handOffs()).as("%s", cost).isLessThan(0.01);
    }
  }

  /// With each of the engine's tricks off everything still works.
  @ParameterizedTest
  @MethodSource("dev.sluice.proxy.fixture.Engine#tricks")
  void onStockJetty(Tricks tricks) throws Exception {
    try (TestBackend backend = TestBackend.echo();
        Engine engine = Engine.before(backend, s -> s.withTricks(tricks).withClearHttp2(true))) {
      try (RawHttp2 client = RawHttp2.connect(engine.address())) {
        for (int i = 0; i < 20; i++) {
          int stream = 2 * i + 1;
          assertThat(client.request(stream, false, "POST", "/" + i, "content-length: 10000").data(stream, true, "z".repeat(10_000)).answer(stream).body())
              .startsWith("POST /" + i + " HTTP/1.1\n").endsWith("z".repeat(10_000));
        }
      }
      org.awaitility.Awaitility.await().until(() -> engine.server().exchanges() == 0);
    }
  }
}
