package dev.sluice.proxy.server;

import static dev.sluice.proxy.fixture.RawHttp2.CONTINUATION;
import static dev.sluice.proxy.fixture.RawHttp2.DATA;
import static dev.sluice.proxy.fixture.RawHttp2.END_HEADERS;
import static dev.sluice.proxy.fixture.RawHttp2.END_STREAM;
import static dev.sluice.proxy.fixture.RawHttp2.HEADERS;
import static dev.sluice.proxy.fixture.RawHttp2.PROTOCOL_ERROR;
import static dev.sluice.proxy.fixture.RawHttp2.REFUSED_STREAM;
import static dev.sluice.proxy.fixture.RawHttp2.RST_STREAM;
import static dev.sluice.proxy.fixture.RawHttp2.STREAM_CLOSED;
import static dev.sluice.proxy.fixture.RawHttp2.block;
import static dev.sluice.proxy.fixture.RawHttp2.lines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawHttp2;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.flag.ListenerFlags;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that no client should send over HTTP/2: the stream is reset, or a status is told, and the connection goes on. The backend never hears of them.
@Timeout(60)
class Http2BadInputTest {
  private TestBackend backend;
  private GatewayHarness gateway;
  private RawHttp2 client;

  @BeforeEach
  void open() throws Exception {
    backend = TestBackend.echo();
    gateway = Http2GatewayTest.before(backend, s -> s.with(ListenerFlags.MAX_HEADER_BYTES, 20_000));
    client = RawHttp2.connect(gateway.address());
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    gateway.close();
    backend.close();
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("an upper-case name", lines("GET", "/", "X-Upper: 1")),
        Arguments.of("a name with a colon", lines("GET", "/", "x:y: 1")),
        Arguments.of("a name with a space", lines("GET", "/", "x y: 1")),
        Arguments.of("a name beyond ASCII", lines("GET", "/", "x\u0085: 1")),
        Arguments.of("CR in a value", lines("GET", "/", "x: a\rb")),
        Arguments.of("LF in a value", lines("GET", "/", "x: a\nb")),
        Arguments.of("a whole header in a value", lines("GET", "/", "x: a\r\ny: b")),
        Arguments.of("NUL in a value", lines("GET", "/", "x: a\0b")),
        Arguments.of("a control byte in a value", lines("GET", "/", "x: a\u0001b")),
        Arguments.of("a space before a value", lines("GET", "/", "x:  a")),
        Arguments.of("a tab behind a value", lines("GET", "/", "x: a\t")),
        Arguments.of("connection", lines("GET", "/", "connection: close")),
        Arguments.of("connection: te", lines("GET", "/", "connection: te")),
        Arguments.of("transfer-encoding", lines("POST", "/", "transfer-encoding: chunked")),
        Arguments.of("keep-alive", lines("GET", "/", "keep-alive: timeout=5")),
        Arguments.of("upgrade", lines("GET", "/", "upgrade: websocket")),
        Arguments.of("proxy-connection", lines("GET", "/", "proxy-connection: close")),
        Arguments.of("te: gzip", lines("GET", "/", "te: gzip")),
        Arguments.of("no method", new String[] {":scheme: http", ":path: /", ":authority: a"}),
        Arguments.of("no scheme", new String[] {":method: GET", ":path: /", ":authority: a"}),
        Arguments.of("no path", new String[] {":method: GET", ":scheme: http", ":authority: a"}),
        Arguments.of("a repeated method", lines("GET", "/", ":method: POST")),
        Arguments.of("a repeated path", lines("GET", "/", ":path: /admin")),
        Arguments.of("a repeated authority", lines("GET", "/", ":authority: b")),
        Arguments.of("an unknown pseudo-field", lines("GET", "/", ":what: ever")),
        Arguments.of("a pseudo-field of responses", lines("GET", "/", ":status: 200")),
        Arguments.of("a late pseudo-field", new String[] {":method: GET", ":scheme: http", "x: 1", ":path: /", ":authority: a"}),
        Arguments.of("an empty path", lines("GET", "")),
        Arguments.of("a path without a slash", lines("GET", "index.html")),
        Arguments.of("an absolute path", lines("GET", "http://other.test/")),
        Arguments.of("an asterisk that is no OPTIONS", lines("GET", "*")),
        Arguments.of("a space in the path", lines("GET", "/a b HTTP/1.1")),
        Arguments.of("CRLF in the path", lines("GET", "/ HTTP/1.1\r\nx: y")),
        Arguments.of("a request line as the method", lines("GET /x HTTP/1.1", "/")),
        Arguments.of("an empty method", lines("", "/")),
        Arguments.of("odd bytes in the scheme", new String[] {":method: GET", ":scheme: http/1", ":path: /", ":authority: a"}),
        Arguments.of("another scheme", new String[] {":method: GET", ":scheme: ftp", ":path: /", ":authority: a"}),
        Arguments.of("a scheme of WebSocket", new String[] {":method: GET", ":scheme: ws", ":path: /", ":authority: a"}),
        Arguments.of("a Host that differs", lines("GET", "/", "host: other.test")),
        Arguments.of("two Host fields", new String[] {":method: GET", ":scheme: http", ":path: /", "host: a", "host: a"}),
        Arguments.of("a content-length that is no number", lines("POST", "/", "content-length: +5")),
        Arguments.of("a negative content-length", lines("POST", "/", "content-length: -1")),
        Arguments.of("two content-lengths", lines("POST", "/", "content-length: 5", "content-length: 6")),
        Arguments.of("a content-length without a body", lines("POST", "/", "content-length: 5")),
        Arguments.of("a CONNECT with a path", lines("CONNECT", "/")),
        Arguments.of("a protocol without CONNECT", lines("GET", "/", ":protocol: websocket")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("malformed")
  void aMalformedHeadResetsItsStream(String what, String[] head) throws Exception {
    RawHttp2.Answer answer = client.headers(1, true, head).answer(1);
    assertThat(answer.heads()).isEmpty();
    assertThat(answer.reset()).isEqualTo(PROTOCOL_ERROR);
    assertThat(client.get(3, "/").answer(3).status()).as("the connection goes on").isEqualTo(200);
    assertThat(backend.connections()).isEqualTo(1);
    await().untilAsserted(() -> assertThat(gateway.log().lines().filter(line -> line.contains("\" 400 "))).as("log").hasSize(1));
  }

  @Test
  void theLogHasWhatIsKnownOfAMalformedHead() throws Exception {
    client.headers(1, true, lines("GET", "/secret", "host: other.test")).answer(1);
    await().untilAsserted(() -> assertThat(gateway.log()).contains("\"GET /secret HTTP/2.0\" 400 "));
  }

  /// The same answers as over HTTP/1.1.
  @ParameterizedTest
  @CsvSource({"/%zz, 400", "/%, 400", "/%00, 400", "/a#b, 400", "/..%2fadmin, 400", "/%c0%ae, 400", "/?%zz, 400", "/a|b, 200", "//x, 200", "/%ff, 200"})
  void aPathThatCannotBeUsedHasAnAnswer(String path, int status) throws Exception {
    RawHttp2.Answer answer = client.get(1, path).answer(1);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.ended()).isTrue();
    try (var older = gateway.client()) {
      assertThat(older.send("GET " + path + " HTTP/1.1\r\nHost: gateway.test\r\n\r\n").head()).startsWith("HTTP/1.1 " + status + " ");
    }
  }

  @ParameterizedTest
  @CsvSource({"/.., /", "/../x, /x", "/a/../../b, /b", "/%2e%2e/x, /x", "/./x, /x"})
  void dotSegmentsAreTakenOut(String path, String seen) throws Exception {
    assertThat(client.get(1, path).answer(1).body()).startsWith("GET " + seen + " HTTP/1.1\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"user@a", "a%00b", "a,b", "[::1", "[::1%25eth0]", "a:99999", "a/b"})
  void aHostThatIsNoneIsABadRequest(String host) throws Exception {
    assertThat(client.headers(1, true, ":method: GET", ":scheme: http", ":path: /", "host: " + host).answer(1).status()).isEqualTo(400);
    client.headers(3, true, ":method: GET", ":scheme: http", ":path: /", ":authority: " + host);
    assertThat(statusOrEnd(3)).isIn(400, -1);
    assertThat(backend.connections()).isZero();
    await().untilAsserted(() -> assertThat(gateway.log().lines().filter(line -> line.contains("\" 400 "))).as("log").hasSize(2));
  }

  /// Jetty takes an authority or a length that it cannot read at all for the end of the connection.
  private int statusOrEnd(int stream) throws Exception {
    RawHttp2.Frame frame = client.next(HEADERS, RawHttp2.GOAWAY);
    if (frame.type() == HEADERS) {
      assertThat(frame.stream()).isEqualTo(stream);
      return Integer.parseInt(client.lines(frame).substring(9, 12));
    }
    assertThat(frame.error()).isEqualTo(PROTOCOL_ERROR);
    return -1;
  }

  @ParameterizedTest
  @ValueSource(strings = {"18446744073709551621", "9223372036854775808", "99999999999999999999999999999999999999999"})
  void aContentLengthBeyondAllBoundsEndsTheConnection(String length) throws Exception {
    client.request(1, false, "POST", "/", "content-length: " + length);
    assertThat(client.ended()).isEqualTo(PROTOCOL_ERROR);
    assertThat(backend.connections()).isZero();
  }

  @Test
  void noHostAtAllIsABadRequest() throws Exception {
    assertThat(client.headers(1, true, ":method: GET", ":scheme: http", ":path: /").answer(1).status()).isEqualTo(400);
  }

  @Test
  void methodsAndTargetsThatAreAnsweredHere() throws Exception {
    assertThat(client.headers(1, false, ":method: CONNECT", ":authority: other.test:443").answer(1).status()).isEqualTo(405);
    assertThat(client.headers(3, true, ":method: OPTIONS", ":scheme: http", ":path: *", ":authority: a").answer(3).status()).isEqualTo(200);
    assertThat(client.headers(5, false, ":method: CONNECT", ":protocol: connect-udp", ":scheme: http", ":path: /", ":authority: a").answer(5).status())
        .isEqualTo(501);
    assertThat(backend.connections()).isZero();
    assertThat(client.get(7, "/").answer(7).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({"5, 1234", "5, 123456", "0, 1", "010, 123456789"})
  void aBodyOfAnotherLengthThanAnnouncedResetsBothSides(String announced, String body) throws Exception {
    CountDownLatch cut = new CountDownLatch(1);
    try (TestBackend waiting = TestBackend.of(connection -> {
          connection.head();
          connection.rest();
          cut.countDown();
        });
        GatewayHarness before = Http2GatewayTest.before(waiting);
        RawHttp2 sender = RawHttp2.connect(before.address())) {
      sender.request(1, false, "POST", "/", "content-length: " + announced);
      if (!announced.equals("0")) {
        await().until(() -> waiting.open() == 1);
      }
      RawHttp2.Answer answer = sender.data(1, true, body).answer(1);
      assertThat(answer.reset()).isEqualTo(PROTOCOL_ERROR);
      if (!announced.equals("0")) {
        assertThat(cut.await(10, TimeUnit.SECONDS)).isTrue();
      }
    }
  }

  @Test
  void trailersDoNotMakeUpForMissingBytes() throws Exception {
    assertThat(client.request(1, false, "POST", "/", "content-length: 5").data(1, false, "123").headers(1, true, "x: y").answer(1).reset())
        .isEqualTo(PROTOCOL_ERROR);
  }

  @Test
  void aPseudoFieldInTrailers() throws Exception {
    assertThat(client.request(1, false, "POST", "/").data(1, false, "123").headers(1, true, ":path: /x").answer(1).reset()).isNotNegative();
  }

  @ParameterizedTest
  @ValueSource(strings = {"content-length: 5", "host: other.test", "authorization: Basic x", "transfer-encoding: chunked"})
  void trailersThatWouldChangeTheRequestAreDropped(String trailer) throws Exception {
    RawHttp2.Answer answer = client.request(1, false, "POST", "/").data(1, false, "123").headers(1, true, trailer, "x-good: 1").answer(1);
    assertThat(answer.body().substring(answer.body().indexOf("\n123"))).containsIgnoringCase("x-good: 1").doesNotContainIgnoringCase(trailer);
  }

  @Test
  void dataBehindTheEnd() throws Exception {
    try (TestBackend waiting = TestBackend.of(connection -> {
          connection.head();
          connection.ended();
        });
        GatewayHarness before = Http2GatewayTest.before(waiting);
        RawHttp2 sender = RawHttp2.connect(before.address())) {
      assertThat(sender.get(1, "/").data(1, false, "x").answer(1).reset()).isEqualTo(STREAM_CLOSED);
      await().until(() -> before.gateway().server().exchanges() == 0);
    }
  }

  @Test
  void aHeadOverTheLimit() throws Exception {
    String[] long24k = lines("GET", "/", "x-long: " + "v".repeat(15_000), "x-more: " + "v".repeat(10_000));
    byte[] block = block(long24k);
    client.send(HEADERS, END_STREAM, 1, Arrays.copyOf(block, 16_000)).send(CONTINUATION, END_HEADERS, 1, Arrays.copyOfRange(block, 16_000, block.length));
    assertThat(client.answer(1).status()).isEqualTo(431);
    assertThat(client.get(3, "/", "x-short: " + "v".repeat(10_000)).answer(3).status()).isEqualTo(200);
    await().untilAsserted(() -> assertThat(gateway.log()).contains("\"GET / HTTP/2.0\" 431 "));
  }

  @Test
  void manySmallFieldsCountTheirOverhead() throws Exception {
    String[] fields = Stream.concat(Stream.of(lines("GET", "/")), Stream.generate(() -> "a: b").limit(800)).toArray(String[]::new);
    assertThat(client.headers(1, true, fields).answer(1).status()).isEqualTo(431);
  }

  @Test
  void aHeadFarOverTheLimitEndsTheConnection() throws Exception {
    byte[] part = block("x: " + "v".repeat(15_000));
    client.send(HEADERS, END_STREAM, 1, block(lines("GET", "/")));
    for (int i = 0; i < 5; i++) {
      client.send(CONTINUATION, 0, 1, part);
    }
    assertThat(client.ended()).isEqualTo(PROTOCOL_ERROR);
    assertThat(backend.connections()).isZero();
  }

  /// A field of 4 KiB in the dynamic table, and two bytes for each time it is repeated.
  @Test
  void anHpackBombEndsTheConnection() throws Exception {
    byte[] field = block("x: " + "v".repeat(4000));
    field[0] = 0x40;
    client.send(HEADERS, END_STREAM | END_HEADERS, 1, concat(block(lines("GET", "/")), field));
    assertThat(client.answer(1).status()).isEqualTo(200);
    byte[] bomb = new byte[16_000];
    Arrays.fill(bomb, (byte) (0x80 | 62));
    client.send(HEADERS, END_STREAM | END_HEADERS, 3, concat(block(lines("GET", "/")), bomb));
    assertThat(client.ended()).isEqualTo(PROTOCOL_ERROR);
  }

  private static byte[] concat(byte[] one, byte[] two) {
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }

  @Test
  void noMoreRequestsAtOnceThanAllowed() throws Exception {
    try (TestBackend waiting = TestBackend.of(connection -> {
          connection.head();
          connection.ended();
        });
        GatewayHarness before = Http2GatewayTest.before(waiting);
        RawHttp2 sender = RawHttp2.connect(before.address())) {
      RawHttp2.Frame settings = sender.next(RawHttp2.SETTINGS);
      assertThat(settings.payload()).containsSequence(0, 3, 0, 0, 0, Http2.MAX_STREAMS).containsSequence(0, 8, 0, 0, 0, 1);
      for (int i = 0; i < Http2.MAX_STREAMS; i++) {
        sender.get(2 * i + 1, "/");
      }
      int next = 2 * Http2.MAX_STREAMS + 1;
      assertThat(sender.get(next, "/").answer(next).reset()).isEqualTo(REFUSED_STREAM);
      assertThat(before.gateway().server().exchanges()).isEqualTo(Http2.MAX_STREAMS);
      sender.reset(1, RawHttp2.CANCEL).get(next + 2, "/");
      await().until(() -> before.gateway().server().exchanges() == Http2.MAX_STREAMS);
    }
  }

  @Test
  void aClientMaySayThatItReadsNothing() throws Exception {
    client.setting(4, 0).withoutWindows().get(1, "/");
    assertThat(client.lines(client.next(HEADERS))).startsWith(":status: 200\n");
    client.window(1, 1);
    assertThat(client.next(DATA).payload()).hasSize(1);
    client.window(1, Integer.MAX_VALUE).window(1, Integer.MAX_VALUE);
    assertThat(List.of(RST_STREAM, DATA)).contains(client.next(RST_STREAM, DATA).type());
    assertThat(client.get(3, "/").window(3, 1 << 20).answer(3).status()).isEqualTo(200);
  }
}
