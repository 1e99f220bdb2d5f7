package dev.sluice.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.fixture.Caller;
import dev.sluice.proxy.fixture.Engine;
import dev.sluice.proxy.fixture.Frames;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.fixture.TestTls;
import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.upstream.Upstream.Sent;
import dev.sluice.routes.spi.Failure.Kind;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What no backend should send by HTTP/2, and answers that break off.
class Http2BadAnswersTest extends Http2Contract {
  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("no status", new String[] {"x", "1"}),
        Arguments.of("status twice", new String[] {":status", "200", ":status", "200"}),
        Arguments.of("upper case", new String[] {":status", "200", "X-Upper", "1"}),
        Arguments.of("connection", new String[] {":status", "200", "connection", "close"}),
        Arguments.of("transfer-encoding", new String[] {":status", "200", "transfer-encoding", "chunked"}),
        Arguments.of("late status", new String[] {"x", "1", ":status", "200"}),
        Arguments.of("a request's field", new String[] {":status", "200", ":path", "/"}),
        Arguments.of("line feed", new String[] {":status", "200", "x", "a\r\nb: c"}),
        Arguments.of("nul", new String[] {":status", "200", "x", "a\0b"}),
        Arguments.of("status 99", new String[] {":status", "99"}),
        Arguments.of("status 1000", new String[] {":status", "1000"}),
        Arguments.of("status in letters", new String[] {":status", "2OO"}),
        Arguments.of("101", new String[] {":status", "101"}),
        Arguments.of("a length in letters", new String[] {":status", "200", "content-length", "x"}),
        Arguments.of("two lengths", new String[] {":status", "200", "content-length", "1", "content-length", "2"}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void malformed(String name, String[] fields) throws Exception {
    Caller.Answer answer = caller(frames -> frames.headers(frames.request(), false, fields)).call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.PROTOCOL);
    assertThat(answer.sent()).isIn(Sent.SOME, Sent.ANSWER_BEGUN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4", "6"})
  void aBodyOfAnotherLengthIsCut(String length) throws Exception {
    for (boolean inTrailers : new boolean[] {false, true}) {
      Caller.Answer answer = caller(frames -> {
        int stream = frames.request();
        frames.headers(stream, false, ":status", "200", "content-length", length).data(stream, !inTrailers, "hello");
        if (inTrailers) {
          frames.headers(stream, true, "x-t", "1");
        }
      }).call(Caller.get("/"));
      assertThat(answer.cut()).isInstanceOfSatisfying(BrokenAnswer.class, why -> assertThat(why.failure().kind()).isEqualTo(Kind.CLOSED));
    }
  }

  @Test
  void aLongHeadIsAProtocolFailure() throws Exception {
    Caller caller = caller(backend(new int[0], frames ->
        frames.headers(frames.request(), true, ":status", "200", "x", "x".repeat(9000))), s -> s.withMaxHeadBytes(8192));
    assertThat(caller.call(Caller.get("/")).failure()).isEqualTo(Kind.PROTOCOL);
  }

  @Test
  void aBackendThatSpeaksAnotherProtocolIsAFailure() throws Exception {
    Caller.Answer answer = caller(TestBackend.of(connection -> {
      connection.text(24);
      connection.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
      connection.ended();
    }), s -> s).call(Caller.get("/"));
    assertThat(answer.failure()).isIn(Kind.PROTOCOL, Kind.CLOSED);
  }

  @Test
  void aBackendThatDoesNotAgreeOnHttp2IsATlsFailure() throws Exception {
    TestBackend backend = TestBackend.secure(connection -> connection.ended());
    open.add(backend);
    engine = Engine.before(backend, s -> s.withUpstream(s.upstream().withTls(TestTls.trusting()).withReach(UpstreamSettings.Reach.HTTP_2)));
    open.add(engine);
    EventLoop loop = engine.server().anyLoop();
    Caller.Answer answer = new Caller(loop, engine.server().upstream(loop), backend.endpoint()).call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.TLS);
    assertThat(answer.detail()).endsWith("the backend does not agree to speak h2 (ALPN)");
    assertThat(answer.sent()).isEqualTo(Sent.NOTHING);
  }

  /// An answer of a head, two pieces and trailers, as bytes.
  private static byte[] wholeAnswer() {
    java.io.ByteArrayOutputStream answer = new java.io.ByteArrayOutputStream();
    answer.writeBytes(Frames.bytes(Frames.SETTINGS, 0, 0, new byte[0]));
    answer.writeBytes(Frames.bytes(Frames.HEADERS, Frames.END_HEADERS, 1, Frames.block(":status", "103", "link", "</a>")));
    answer.writeBytes(Frames.bytes(Frames.HEADERS, Frames.END_HEADERS, 1, Frames.block(":status", "200", "content-length", "5")));
    answer.writeBytes(Frames.bytes(Frames.DATA, 0, 1, "he".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    answer.writeBytes(Frames.bytes(Frames.DATA, 0, 1, "llo".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
    answer.writeBytes(Frames.bytes(Frames.HEADERS, Frames.END_HEADERS | Frames.END_STREAM, 1, Frames.block("x-t", "1")));
    return answer.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAnswerThatBreaksOffAtAnyByteIsNeverWhole(boolean reset) throws Exception {
    byte[] answer = wholeAnswer();
    AtomicInteger cut = new AtomicInteger();
    Caller caller = caller(TestBackend.of(connection -> {
      Frames.readHead(connection);
      connection.send(java.util.Arrays.copyOf(answer, cut.get()));
      if (reset) {
        connection.reset();
      } else {
        connection.shutdownOutput().rest();
      }
    }), s -> s);
    for (int i = 0; i < answer.length; i++) {
      cut.set(i);
      Caller.Answer got = caller.call(Caller.get("/"));
      assertThat(got.failure() != null || got.cut() != null).as("cut behind byte %d", i).isTrue();
      assertThat(got.callbacks()).isEqualTo(1);
      assertThat(got.failure()).as("cut behind byte %d", i).isIn(null, Kind.CLOSED);
    }
    if (!reset) {
      cut.set(answer.length);
      Caller.Answer whole = caller.call(Caller.get("/"));
      assertThat(whole.detail()).isNull();
      assertThat(whole.cut()).isNull();
      assertThat(whole.body()).isEqualTo("hello");
    }
  }

  @Test
  void garbageAtAnyByteHarmsNothingElse() throws Exception {
    byte[] answer = wholeAnswer();
    long seed = 7;
    java.util.random.RandomGenerator random = new java.util.SplittableRandom(seed);
    AtomicInteger at = new AtomicInteger();
    AtomicInteger bit = new AtomicInteger();
    Caller caller = caller(TestBackend.of(connection -> {
      Frames.readHead(connection);
      byte[] changed = answer.clone();
      changed[at.get()] ^= (byte) (1 << bit.get());
      connection.send(changed).shutdownOutput().rest();
    }), s -> s);
    for (int i = 0; i < answer.length; i++) {
      at.set(i);
      bit.set(random.nextInt(8));
      Caller.Answer got = caller.call(Caller.within(Caller.get("/"), 2000, 2000, 2000));
      assertThat(got.callbacks()).as("seed %d, byte %d, bit %d", seed, i, bit.get()).isEqualTo(1);
    }
  }

  @Test
  void floodsOfFramesEndTheConnection() throws Exception {
    Caller.Answer answer = caller(frames -> {
      frames.request();
      for (int i = 0; i < 100_000; i++) {
        frames.send(Frames.SETTINGS, 0, 0, new byte[0]);
      }
    }).call(Caller.within(Caller.get("/"), 2000, 2000, 2000));
    assertThat(answer.failure()).isNotNull();
  }
}
