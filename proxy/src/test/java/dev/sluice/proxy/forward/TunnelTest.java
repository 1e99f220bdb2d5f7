package dev.sluice.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.MetricFlags;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Upgraded connections through the gateway.
@Timeout(60)
class TunnelTest {
  private static final String UPGRADE = "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";
  private static final String SWITCHED = "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n";

  private static GatewayHarness gateway(TestBackend backend) throws Exception {
    return GatewayHarness.start("r: * -> \"" + backend.endpoint().text() + "\";", flags -> flags
        .with(ListenerFlags.SUPPORT_LISTENER, "127.0.0.1:0")
        .with(MetricFlags.METRICS_FLAVOUR, List.of("prometheus")));
  }

  private static void awaitNothingHeld(GatewayHarness gateway) {
    await().untilAsserted(() -> {
      try (RawClient client = RawClient.connect(gateway.gateway().adminAddress())) {
        assertThat(client.get("/metrics")).contains("\nsluice_buffers 0\n", "\nsluice_connections_open 0\n", "\nsluice_backend_connections 0\n");
      }
    });
  }

  @Test
  void whatIsReadWithTheHeadsIsNotLost() throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          connection.send(SWITCHED + "early from the backend;");
          assertThat(connection.text(5)).isEqualTo("early");
          connection.send("got it");
        });
        GatewayHarness gateway = gateway(backend);
        RawClient client = gateway.client()) {
      client.send(UPGRADE + "early");
      assertThat(client.head()).startsWith("HTTP/1.1 101 ");
      assertThat(client.rest()).isEqualTo("early from the backend;got it");
      client.close();
      awaitNothingHeld(gateway);
    }
  }

  /// More than all socket buffers hold, both ways at once, at a reader's pace.
  @Test
  void muchGoesBothWaysWhole() throws Exception {
    byte[] much = new byte[30 << 20];
    new Random(5).nextBytes(much);
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          connection.send(SWITCHED);
          for (int at = 0; at < much.length; at += 1 << 20) {
            connection.send(connection.bytes(1 << 20));
          }
          connection.ended();
        });
        GatewayHarness gateway = gateway(backend);
        RawClient client = gateway.client();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      client.send(UPGRADE);
      assertThat(client.head()).startsWith("HTTP/1.1 101 ");
      Future<?> sending = threads.submit(() -> client.send(much));
      assertThat(Arrays.equals(client.bytes(much.length), much)).isTrue();
      sending.get();
      client.close();
      awaitNothingHeld(gateway);
    }
  }

  @Test
  void anIdleOneHoldsNoTimerAndNoBuffer() throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          connection.send(SWITCHED + "x");
          connection.ended();
        });
        GatewayHarness gateway = gateway(backend);
        RawClient client = gateway.client()) {
      client.send(UPGRADE);
      client.head();
      assertThat(client.text(1)).isEqualTo("x");
      int beats = Runtime.getRuntime().availableProcessors(); // one of each loop
      await().untilAsserted(() -> {
        try (RawClient admin = RawClient.connect(gateway.gateway().adminAddress())) {
          assertThat(admin.get("/metrics").lines()).contains("sluice_connections_open 1", "sluice_timers " + beats, "sluice_buffers 0", "sluice_exchanges 0");
        }
      });
    }
  }

  @Test
  void anEndOfEitherSideEndsBoth() throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          connection.send(SWITCHED);
          if (connection.text(1).equals("x")) {
            return;
          }
          connection.send("end me");
          assertThat(connection.ended()).isTrue();
        });
        GatewayHarness gateway = gateway(backend)) {
      try (RawClient client = gateway.client()) {
        client.send(UPGRADE);
        client.head();
        client.send("x");
        assertThat(client.ended()).as("when the backend has ended").isTrue();
      }
      try (RawClient client = gateway.client()) {
        client.send(UPGRADE);
        client.head();
        client.send("y");
        assertThat(client.text(6)).isEqualTo("end me");
      }
      await().until(() -> backend.open() == 0);
      awaitNothingHeld(gateway);
    }
  }

  @Test
  void aResetOfEitherSideEndsBoth() throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          connection.send(SWITCHED);
          if (connection.text(1).equals("x")) {
            connection.reset();
          }
          connection.ended();
        });
        GatewayHarness gateway = gateway(backend)) {
      try (RawClient client = gateway.client()) {
        client.send(UPGRADE);
        client.head();
        client.send("x");
        assertThat(client.ended()).isTrue();
      }
      try (RawClient client = gateway.client()) {
        client.send(UPGRADE);
        client.head();
        client.send("y");
        client.reset();
      } catch (IOException reset) {
        // closed by the test itself
      }
      await().until(() -> backend.open() == 0);
      awaitNothingHeld(gateway);
    }
  }
}
