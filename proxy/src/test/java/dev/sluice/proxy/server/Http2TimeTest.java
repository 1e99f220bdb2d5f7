package dev.sluice.proxy.server;

import static dev.sluice.proxy.fixture.RawHttp2.DATA;
import static dev.sluice.proxy.fixture.RawHttp2.ENHANCE_YOUR_CALM;
import static dev.sluice.proxy.fixture.RawHttp2.GOAWAY;
import static dev.sluice.proxy.fixture.RawHttp2.HEADERS;
import static dev.sluice.proxy.fixture.RawHttp2.NO_ERROR;
import static dev.sluice.proxy.fixture.RawHttp2.RST_STREAM;
import static dev.sluice.proxy.fixture.RawHttp2.block;
import static dev.sluice.proxy.fixture.RawHttp2.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.Engine;
import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.Raw;
import dev.sluice.proxy.fixture.RawHttp2;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.ListenerFlags;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Clients of HTTP/2 that take their time, and the end of a gateway that they are connected to.
@Timeout(60)
class Http2TimeTest {
  private static final Duration SHORT = Duration.ofMillis(400);

  private static GatewayHarness before(TestBackend backend, Flag<Duration> limit) throws Exception {
    return Http2GatewayTest.before(backend, s -> s.with(limit, SHORT));
  }

  @Test
  void aConnectionWithoutRequestsEnds() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = before(backend, ListenerFlags.IDLE_TIMEOUT_SERVER);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      assertThat(client.get(1, "/").answer(1).status()).isEqualTo(200);
      assertThat(client.ended()).isEqualTo(NO_ERROR);
    }
  }

  @Test
  void aConnectionThatOnlyPingsEndsToo() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = before(backend, ListenerFlags.IDLE_TIMEOUT_SERVER);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      Thread pings = Thread.ofVirtual().start(() -> {
        try {
          while (true) {
            client.send(RawHttp2.PING, 0, 0, new byte[8]);
            Thread.sleep(100);
          }
        } catch (IOException | InterruptedException end) {
          // as it should be
        }
      });
      assertThat(client.ended()).isEqualTo(NO_ERROR);
      pings.interrupt();
    }
  }

  @Test
  void aRequestThatWaitsForItsBackendKeepsTheConnection() throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          Thread.sleep(1500);
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok").ended();
        });
        GatewayHarness gateway = Http2GatewayTest.before(backend, s -> s.with(ListenerFlags.IDLE_TIMEOUT_SERVER, SHORT)
            .with(ListenerFlags.READ_TIMEOUT_SERVER, SHORT).with(ListenerFlags.READ_HEADER_TIMEOUT_SERVER, SHORT));
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      assertThat(client.get(1, "/").answer(1).body()).isEqualTo("ok");
    }
  }

  @Test
  void silenceInsteadOfAPreface() throws Exception {
    try (TestBackend backend = TestBackend.echo(); GatewayHarness gateway = before(backend, ListenerFlags.READ_HEADER_TIMEOUT_SERVER)) {
      try (RawHttp2 client = RawHttp2.silent(gateway.address())) {
        assertThat(client.ended()).isEqualTo(-1);
      }
      try (RawHttp2 client = RawHttp2.silent(gateway.address()).bytes("PRI * HTTP/2.0\r\n\r\n")) {
        assertThat(client.ended()).isEqualTo(-1);
      }
      try (RawHttp2 client = RawHttp2.silent(gateway.address()).bytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
        assertThat(client.ended()).isEqualTo(ENHANCE_YOUR_CALM);
      }
    }
  }

  @Test
  void aHeadThatDoesNotEnd() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = before(backend, ListenerFlags.READ_HEADER_TIMEOUT_SERVER);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      assertThat(client.get(1, "/").answer(1).status()).isEqualTo(200);
      client.send(HEADERS, RawHttp2.END_STREAM, 3, block(lines("GET", "/")));
      assertThat(client.ended()).isEqualTo(ENHANCE_YOUR_CALM);
      await().untilAsserted(() -> assertThat(gateway.log()).contains("\" 408 "));
    }
  }

  @Test
  void aBodyThatDoesNotCome() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = before(backend, ListenerFlags.READ_TIMEOUT_SERVER);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      client.request(1, false, "POST", "/", "content-length: 10").data(1, false, "half");
      assertThat(client.lines(client.next(HEADERS))).startsWith(":status: 408\n");
      assertThat(client.get(3, "/").answer(3).status()).as("the connection goes on").isEqualTo(200);
      await().until(() -> gateway.gateway().server().exchanges() == 0);
    }
  }

  /// The flag of the gateway would set an end to the whole answer.
  private static Engine slowReaders(TestBackend backend) throws IOException {
    return Engine.before(backend, s -> s.withTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60), SHORT).withClearHttp2(true));
  }

  private static void endless(Raw connection) throws IOException {
    connection.head();
    connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n");
    for (int i = 0; i < 1000; i++) {
      connection.send("x".repeat(100_000));
    }
  }

  @Test
  void aReaderThatOpensNoWindow() throws Exception {
    CountDownLatch closed = new CountDownLatch(20);
    try (TestBackend backend = TestBackend.of(connection -> {
          try {
            endless(connection);
          } finally {
            closed.countDown();
          }
        });
        Engine engine = slowReaders(backend);
        RawHttp2 client = RawHttp2.connect(engine.address()).setting(4, 0).withoutWindows()) {
      for (int i = 0; i < 20; i++) {
        client.get(2 * i + 1, "/");
      }
      for (int i = 0; i < 20; i++) {
        client.next(RST_STREAM);
      }
      assertThat(closed.await(20, TimeUnit.SECONDS)).as("the calls are cancelled").isTrue();
      await().until(() -> engine.server().exchanges() == 0);
    }
  }

  @Test
  void aReaderThatTakesNothingFromItsSocket() throws Exception {
    try (TestBackend backend = TestBackend.of(Http2TimeTest::endless);
        Engine engine = slowReaders(backend);
        RawHttp2 client = RawHttp2.narrow(engine.address())) {
      client.setting(4, Integer.MAX_VALUE).window(0, 1 << 30).get(1, "/");
      await().until(() -> engine.server().exchanges() == 1);
      // What it sends meanwhile does not help it.
      Thread pings = Thread.ofVirtual().start(() -> {
        try {
          while (true) {
            client.send(RawHttp2.PING, 0, 0, new byte[8]);
            Thread.sleep(100);
          }
        } catch (IOException | InterruptedException end) {
          // as it should be
        }
      });
      await().atMost(Duration.ofSeconds(20)).until(() -> engine.server().exchanges() == 0);
      pings.join(Duration.ofSeconds(10));
      assertThat(pings.isAlive()).as("the connection is closed").isFalse();
    }
  }

  @Test
  void aReaderWhoTakesALittleNowAndThenIsKept() throws Exception {
    try (TestBackend backend = TestBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 16\r\n\r\nabcdefghijklmnop");
        Engine engine = slowReaders(backend);
        RawHttp2 client = RawHttp2.connect(engine.address()).setting(4, 0).withoutWindows()) {
      client.get(1, "/");
      client.next(HEADERS);
      StringBuilder body = new StringBuilder();
      for (int i = 0; i < 16; i++) {
        Thread.sleep(100);
        client.window(1, 1);
        body.append(client.next(DATA).text());
      }
      assertThat(body.toString()).isEqualTo("abcdefghijklmnop");
    }
  }

  @Test
  void whenTheGatewayStopsRequestsUnderWayEndAndNoOthersAreTaken() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          asked.countDown();
          Thread.sleep(1500);
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone").ended();
        });
        GatewayHarness gateway = Http2GatewayTest.before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address());
        RawHttp2 idle = RawHttp2.connect(gateway.address())) {
      client.get(1, "/");
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      var address = gateway.address();
      AtomicReference<Exception> failed = new AtomicReference<>();
      Thread stop = Thread.ofPlatform().start(() -> {
        try {
          gateway.gateway().stop(Duration.ofSeconds(20));
        } catch (Exception e) {
          failed.set(e);
        }
      });
      RawHttp2.Frame goAway = client.next(GOAWAY);
      assertThat(goAway.error()).isEqualTo(NO_ERROR);
      assertThat(idle.ended()).isEqualTo(NO_ERROR);
      RawHttp2.Answer answer = client.answer(1);
      assertThat(answer.body()).isEqualTo("done");
      assertThat(answer.ended()).isTrue();
      assertThat(client.ended()).isIn(NO_ERROR, -1);
      stop.join();
      assertThat(failed).hasValue(null);
      assertThatThrownBy(() -> RawHttp2.connect(address)).isInstanceOf(IOException.class);
    }
  }
}
