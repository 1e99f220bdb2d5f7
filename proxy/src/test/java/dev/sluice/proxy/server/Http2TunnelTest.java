package dev.sluice.proxy.server;

import static dev.sluice.proxy.fixture.RawHttp2.DATA;
import static dev.sluice.proxy.fixture.RawHttp2.HEADERS;
import static dev.sluice.proxy.fixture.RawHttp2.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.Raw;
import dev.sluice.proxy.fixture.RawHttp2;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.flag.ListenerFlags;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// WebSocket over HTTP/2 (RFC 8441), to backends of HTTP/1.1.
@Timeout(60)
class Http2TunnelTest {
  private static RawHttp2 connect(RawHttp2 client, int stream, String... more) throws Exception {
    String[] lines = new String[5 + more.length];
    lines[0] = ":method: CONNECT";
    lines[1] = ":protocol: websocket";
    lines[2] = ":scheme: https";
    lines[3] = ":path: /chat?a=b";
    lines[4] = ":authority: gateway.test";
    System.arraycopy(more, 0, lines, 5, more.length);
    return client.headers(stream, false, lines);
  }

  private static String accept(String head) throws Exception {
    String key = head.lines().filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("sec-websocket-key: ")).findFirst().orElseThrow().substring(19);
    byte[] sum = MessageDigest.getInstance("SHA-1").digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
    return Base64.getEncoder().encodeToString(sum);
  }

  private static void accepted(Raw connection, String head) throws Exception {
    connection.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: " + accept(head)
        + "\r\nSec-WebSocket-Protocol: chat\r\n\r\n");
  }

  @Test
  void bytesGoBothWaysUntilTheBackendEnds() throws Exception {
    StringBuffer seen = new StringBuffer();
    try (TestBackend backend = TestBackend.of(connection -> {
          String head = connection.head();
          seen.append(head);
          accepted(connection, head);
          connection.send("welcome");
          for (int i = 0; i < 3; i++) {
            connection.send("echo " + connection.text(4));
          }
        });
        GatewayHarness gateway = Http2GatewayTest.before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      connect(client, 1, "sec-websocket-version: 13", "sec-websocket-protocol: chat, other", "origin: https://gateway.test");
      RawHttp2.Frame head = client.next(HEADERS);
      String lines = client.lines(head);
      assertThat(lines).startsWith(":status: 200\n").contains("sec-websocket-protocol: chat\n").doesNotContain("accept", "upgrade", "connection", "content-length");
      assertThat(head.endsStream()).isFalse();
      assertThat(client.next(DATA).text()).isEqualTo("welcome");
      for (int i = 0; i < 3; i++) {
        client.data(1, false, "msg" + i);
        assertThat(client.next(DATA).text()).isEqualTo("echo msg" + i);
      }
      assertThat(client.next(DATA).endsStream()).as("the backend's end").isTrue();
      client.data(1, true, "");
      assertThat(client.get(3, "/").next(HEADERS).stream()).as("the connection goes on").isEqualTo(3);
      assertThat(seen.toString()).startsWith("GET /chat?a=b HTTP/1.1\n").containsIgnoringCase("upgrade: websocket\n").containsIgnoringCase("connection: upgrade\n")
          .contains("sec-websocket-version: 13\n").contains("origin: https://gateway.test\n").doesNotContainIgnoringCase("transfer-encoding").doesNotContain(":protocol");
      await().untilAsserted(() -> assertThat(gateway.log()).contains("/chat?a=b HTTP/2.0\" 200 "));
    }
  }

  @Test
  void theClientMayEndFirst() throws Exception {
    CountDownLatch ended = new CountDownLatch(1);
    try (TestBackend backend = TestBackend.of(connection -> {
          accepted(connection, connection.head());
          String all = connection.rest();
          connection.send("got " + all);
          ended.countDown();
        });
        GatewayHarness gateway = Http2GatewayTest.before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      connect(client, 1).next(HEADERS);
      client.data(1, true, "all that I say");
      assertThat(client.answer(1).body()).as("the other direction goes on").isEqualTo("got all that I say");
      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aClientThatResetsClosesTheBackendsConnection() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (TestBackend backend = TestBackend.of(connection -> {
          accepted(connection, connection.head());
          connection.ended();
          closed.countDown();
        });
        GatewayHarness gateway = Http2GatewayTest.before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      connect(client, 1).next(HEADERS);
      client.reset(1, RawHttp2.CANCEL);
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void muchGoesThroughAtThePaceOfTheReader() throws Exception {
    String block = "w".repeat(10_000);
    try (TestBackend backend = TestBackend.of(connection -> {
          accepted(connection, connection.head());
          for (int i = 0; i < 300; i++) {
            connection.send(block);
          }
          connection.text(300 * block.length());
        });
        GatewayHarness gateway = Http2GatewayTest.before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      connect(client, 1).next(HEADERS);
      int got = 0;
      while (got < 300 * block.length()) {
        got += client.next(DATA).payload().length;
      }
      int granted = Http2.STREAM_WINDOW;
      for (int sent = 0; sent < 300; sent++) {
        while (granted < block.length()) {
          RawHttp2.Frame update = client.next(RawHttp2.WINDOW_UPDATE);
          granted += update.stream() == 1 ? java.nio.ByteBuffer.wrap(update.payload()).getInt() : 0;
        }
        granted -= block.length();
        client.data(1, false, block);
      }
      assertThat(client.next(DATA).endsStream()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"403 Forbidden, 403", "426 Upgrade Required, 426", "302 Found, 302", "200 OK, 502"})
  void aBackendThatDoesNotSwitchAnswersAsEver(String status, int seen) throws Exception {
    try (TestBackend backend = TestBackend.answering("HTTP/1.1 " + status + "\r\nContent-Length: 2\r\n\r\nno");
        GatewayHarness gateway = Http2GatewayTest.before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      connect(client, 1);
      assertThat(client.lines(client.next(HEADERS))).startsWith(":status: " + seen + "\n");
      assertThat(client.next(DATA).endsStream()).isTrue();
      assertThat(client.get(3, "/").next(HEADERS).stream()).as("the connection goes on").isEqualTo(3);
    }
  }

  @Test
  void aBackendThatDoesNotKnowTheKeyIsNoWebSocket() throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          connection.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n");
          connection.ended();
        });
        GatewayHarness gateway = Http2GatewayTest.before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      assertThat(connect(client, 1).answer(1).status()).isEqualTo(502);
    }
  }

  @Test
  void routesSeeAnUpgrade() throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start(
        "a: Method(\"GET\") && Header(\"Upgrade\", \"websocket\") -> status(418) -> <shunt>; b: * -> <shunt>;",
        s -> s.with(ListenerFlags.ENABLE_H2C_SERVER, true));
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      assertThat(connect(client, 1).answer(1).status()).isEqualTo(418);
      assertThat(client.get(3, "/").answer(3).status()).isEqualTo(404);
    }
  }

  @Test
  void tunnelsOutliveTheTimeOutsAndDoNotHoldUpTheEnd() throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> {
          accepted(connection, connection.head());
          connection.send(connection.text(5));
          connection.ended();
        });
        GatewayHarness gateway = Http2GatewayTest.before(backend, s -> s.with(ListenerFlags.READ_TIMEOUT_SERVER, Duration.ofMillis(200))
            .with(ListenerFlags.IDLE_TIMEOUT_SERVER, Duration.ofMillis(200)));
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      connect(client, 1).next(HEADERS);
      Thread.sleep(1000);
      client.data(1, false, "later");
      RawHttp2.Frame frame = client.next(DATA, RST_STREAM);
      assertThat(frame.text()).isEqualTo("later");
      assertThat(gateway.gateway().server().exchanges()).isZero();
    }
  }
}
