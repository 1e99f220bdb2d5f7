package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Whoever has asked gets an answer; whoever comes later is not let in.
@Timeout(30)
class GracefulStopTest {
  @Test
  void anExchangeUnderWayEndsHoweverLongItWaits() throws Exception {
    try (var gateway = GatewayHarness.start("r: * -> latency(\"1500ms\") -> inlineContent(\"done\") -> <shunt>;");
        RawClient client = gateway.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      Awaitility.await().until(() -> gateway.gateway().server().exchanges() == 1);
      var address = gateway.address();
      AtomicReference<Exception> failed = new AtomicReference<>();
      Thread stop = Thread.ofPlatform().start(() -> {
        try {
          gateway.gateway().stop(Duration.ofSeconds(20));
        } catch (Exception e) {
          failed.set(e);
        }
      });
      String head = client.head();
      assertThat(head).startsWith("HTTP/1.1 200");
      assertThat(client.body(head)).isEqualTo("done");
      stop.join();
      assertThat(failed).hasValue(null);
      assertThatThrownBy(() -> RawClient.connect(address)).isInstanceOf(IOException.class);
    }
  }
}
