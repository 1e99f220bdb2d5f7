package dev.sluice.proxy.server;

import static dev.sluice.proxy.fixture.RawHttp2.CONTINUATION;
import static dev.sluice.proxy.fixture.RawHttp2.DATA;
import static dev.sluice.proxy.fixture.RawHttp2.END_HEADERS;
import static dev.sluice.proxy.fixture.RawHttp2.END_STREAM;
import static dev.sluice.proxy.fixture.RawHttp2.ENHANCE_YOUR_CALM;
import static dev.sluice.proxy.fixture.RawHttp2.HEADERS;
import static dev.sluice.proxy.fixture.RawHttp2.PING;
import static dev.sluice.proxy.fixture.RawHttp2.PRIORITY;
import static dev.sluice.proxy.fixture.RawHttp2.RST_STREAM;
import static dev.sluice.proxy.fixture.RawHttp2.SETTINGS;
import static dev.sluice.proxy.fixture.RawHttp2.WINDOW_UPDATE;
import static dev.sluice.proxy.fixture.RawHttp2.block;
import static dev.sluice.proxy.fixture.RawHttp2.frame;
import static dev.sluice.proxy.fixture.RawHttp2.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawHttp2;
import dev.sluice.proxy.fixture.TestBackend;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Frames that cost the gateway work and their sender nothing: over a budget the connection ends, and all that it has begun.
@Timeout(60)
class Http2FloodTest {
  private static final byte[] REQUEST = block(lines("GET", "/"));
  private static final byte[] CANCEL = {0, 0, 0, RawHttp2.CANCEL};

  private TestBackend backend;
  private GatewayHarness gateway;
  private RawHttp2 client;

  @BeforeEach
  void open() throws Exception {
    backend = TestBackend.of(connection -> {
      if (connection.head().startsWith("GET")) {
        connection.ended();
      }
    });
    gateway = Http2GatewayTest.before(backend);
    client = RawHttp2.connect(gateway.address());
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    gateway.close();
    backend.close();
  }

  /// Sends until the connection breaks, and tells what the gateway said last.
  private int flood(int most, IntFunction<byte[]> frames) throws Exception {
    try {
      for (int sent = 0; sent < most; ) {
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        for (int i = 0; i < 100; i++) {
          batch.writeBytes(frames.apply(sent++));
        }
        client.all(batch.toByteArray());
      }
    } catch (IOException closed) {
      // as it should be
    }
    int error = client.timeout(5000).ended();
    await().until(() -> gateway.gateway().server().exchanges() == 0);
    return error;
  }

  /// CVE-2023-44487.
  @Test
  void rapidResets() throws Exception {
    int error = flood(3_000, i -> concat(frame(HEADERS, END_STREAM | END_HEADERS, 2 * i + 1, REQUEST), frame(RST_STREAM, 0, 2 * i + 1, CANCEL)));
    assertThat(error).isEqualTo(ENHANCE_YOUR_CALM);
    await().until(() -> backend.open() == 0);
  }

  @Test
  void cancellationsOfABusyClientAreNoFlood() throws Exception {
    for (int i = 0; i < 150; i++) {
      client.all(frame(HEADERS, END_STREAM | END_HEADERS, 2 * i + 1, REQUEST), frame(RST_STREAM, 0, 2 * i + 1, CANCEL));
    }
    client.send(PING, 0, 0, new byte[8]);
    assertThat(client.next(PING).flags()).isEqualTo(RawHttp2.ACK);
    await().until(() -> gateway.gateway().server().exchanges() == 0);
  }

  /// CVE-2025-5115: the gateway is made to reset.
  @Test
  void requestsThatMakeTheGatewayReset() throws Exception {
    byte[] malformed = block(lines("GET", "/", "connection: close"));
    assertThat(flood(3_000, i -> frame(HEADERS, END_STREAM | END_HEADERS, 2 * i + 1, malformed))).isEqualTo(ENHANCE_YOUR_CALM);
  }

  @Test
  void windowsThatOverflowAgainAndAgain() throws Exception {
    byte[] most = {0x7f, -1, -1, -1};
    assertThat(flood(3_000, i -> concat(frame(HEADERS, END_STREAM | END_HEADERS, 2 * i + 1, REQUEST), frame(WINDOW_UPDATE, 0, 2 * i + 1, most))))
        .isEqualTo(ENHANCE_YOUR_CALM);
  }

  @Test
  void pings() throws Exception {
    assertThat(flood(3_000, i -> frame(PING, 0, 0, new byte[8]))).isEqualTo(ENHANCE_YOUR_CALM);
  }

  @Test
  void settings() throws Exception {
    assertThat(flood(3_000, i -> frame(SETTINGS, 0, 0))).isEqualTo(ENHANCE_YOUR_CALM);
  }

  @Test
  void manySettings() throws Exception {
    byte[] three = {0, 3, 0, 0, 0, 100, 0, 4, 0, 0, -1, -1, 0, 3, 0, 0, 0, 100};
    assertThat(flood(3_000, i -> frame(SETTINGS, 0, 0, three))).isEqualTo(ENHANCE_YOUR_CALM);
  }

  @Test
  void priorities() throws Exception {
    assertThat(flood(3_000, i -> frame(PRIORITY, 0, 2 * i + 1, new byte[] {0, 0, 0, 0, 1}))).isEqualTo(ENHANCE_YOUR_CALM);
  }

  @Test
  void unknownFrames() throws Exception {
    assertThat(flood(3_000, i -> frame(0xbb, 0, 0, new byte[3]))).isEqualTo(ENHANCE_YOUR_CALM);
  }

  @Test
  void emptyData() throws Exception {
    client.request(1, false, "POST", "/");
    assertThat(flood(3_000, i -> frame(DATA, 0, 1))).isEqualTo(ENHANCE_YOUR_CALM);
  }

  @Test
  void windowUpdates() throws Exception {
    assertThat(flood(3_000, i -> frame(WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 1}))).isEqualTo(ENHANCE_YOUR_CALM);
  }

  @Test
  void continuationsWithoutEnd() throws Exception {
    client.send(HEADERS, END_STREAM, 1, REQUEST);
    assertThat(flood(3_000, i -> frame(CONTINUATION, 0, 1))).isEqualTo(ENHANCE_YOUR_CALM);
  }

  @Test
  void smallContinuations() throws Exception {
    client.send(HEADERS, END_STREAM, 1, REQUEST);
    assertThat(flood(3_000, i -> frame(CONTINUATION, 0, 1, block("a: b")))).isEqualTo(ENHANCE_YOUR_CALM);
  }

  /// Bodies of many tiny frames that nobody reads are more than their bytes (as CVE-2019-9511).
  @Test
  void dataInTinyPieces() throws Exception {
    client.request(1, false, "POST", "/");
    await().until(() -> backend.connections() == 1);
    assertThat(flood(30_000, i -> frame(DATA, 0, 1, (byte) 'x'))).isEqualTo(ENHANCE_YOUR_CALM);
  }

  private static byte[] concat(byte[] one, byte[] two) {
    byte[] both = java.util.Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }
}
