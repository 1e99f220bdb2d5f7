package dev.sluice.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.Caller;
import dev.sluice.proxy.fixture.Engine;
import dev.sluice.proxy.fixture.Frames;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.fixture.TestTls;
import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.upstream.Upstream.Sent;
import dev.sluice.routes.spi.Failure;
import dev.sluice.routes.spi.Failure.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What [Http2Upstream] does with backends that send the frames they are told: streams, resets, goodbyes, and frames that nobody should send.
@Timeout(60)
class Http2UpstreamTest {
  private static final int MAX_CONCURRENT_STREAMS = 3;
  private static final int MAX_HEADER_LIST_SIZE = 6;

  private final List<AutoCloseable> open = new ArrayList<>();
  private Engine engine;

  /// What a backend does on a connection.
  private interface Script {
    void run(Frames frames) throws Exception;
  }

  private TestBackend backend(int[] settings, Script script) throws IOException {
    return TestBackend.of(connection -> {
      script.run(Frames.accept(connection, settings));
      connection.ended();
    });
  }

  private Caller caller(TestBackend backend, UnaryOperator<UpstreamSettings> change) throws IOException {
    open.add(backend);
    engine = Engine.before(backend, s -> s.withUpstream(change.apply(s.upstream())));
    open.add(engine);
    EventLoop loop = engine.server().anyLoop();
    return new Caller(loop, engine.server().upstream(loop), TestBackend.endpoint("h2c", "127.0.0.1", backend.port()));
  }

  private Caller caller(Script script) throws IOException {
    return caller(backend(new int[0], script), s -> s);
  }

  @AfterEach
  void allIsGivenBack() throws Exception {
    try {
      await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(held()).as(engine.leaks()).isZero());
    } finally {
      for (AutoCloseable each : open.reversed()) {
        each.close();
      }
    }
  }

  /// Buffers that nobody gave back, but for those that Jetty's parser drops with a head that is cut: it has no way to release them.
  private long held() {
    List<String> lines = engine.leaks().lines().toList();
    long cutHeads = lines.stream().filter(line -> line.contains(".HeaderBlockParser.parse(") || line.contains(".HeaderBlockFragments.storeFragment(")).count();
    return engine.heldBuffers() - cutHeads;
  }

  private static void answer(Frames frames, String text) throws IOException {
    int stream = frames.request();
    frames.headers(stream, false, ":status", "200").data(stream, true, text);
  }

  @Test
  void callsShareAConnectionUpToItsStreams() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    TestBackend backend = backend(new int[] {MAX_CONCURRENT_STREAMS, 2}, frames -> {
      int first = frames.request();
      int second = frames.request();
      go.await(10, TimeUnit.SECONDS);
      for (int stream : new int[] {second, first}) {
        frames.headers(stream, false, ":status", "200").data(stream, true, "s" + stream);
      }
    });
    Caller caller = caller(backend, s -> s);
    List<Caller.Answer> answers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      answers.add(caller.begin(Caller.get("/" + i), null));
    }
    await().atMost(Duration.ofSeconds(10)).until(() -> backend.connections() == 2);
    go.countDown();
    for (Caller.Answer answer : answers) {
      assertThat(answer.await().body()).startsWith("s");
    }
  }

  @Test
  void callsWaitForAStreamWithinBounds() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    TestBackend backend = backend(new int[] {MAX_CONCURRENT_STREAMS, 1}, frames -> {
      int first = frames.request();
      asked.countDown();
      go.await(10, TimeUnit.SECONDS);
      frames.headers(first, false, ":status", "200").data(first, true, "ok");
      while (true) {
        answer(frames, "ok");
      }
    });
    Caller caller = caller(backend, s -> s.withConnections(1, 1, Duration.ofSeconds(10)));
    Caller.Answer first = caller.begin(Caller.get("/"), null);
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    Caller.Answer second = caller.begin(Caller.get("/"), null);
    assertThat(caller.call(Caller.get("/")).failure()).isEqualTo(Kind.POOL_FULL);
    go.countDown();
    assertThat(first.await().body()).isEqualTo("ok");
    assertThat(second.await().detail()).isNull();
    assertThat(second.body()).isEqualTo("ok");
    assertThat(backend.connections()).isEqualTo(1);
  }

  @Test
  void callsWaitForAStreamNoLongerThanTheyMay() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Caller caller = caller(backend(new int[] {MAX_CONCURRENT_STREAMS, 1}, frames -> never.await(10, TimeUnit.SECONDS)),
        s -> s.withConnections(1, 5, Duration.ofMillis(200)));
    Caller.Answer first = caller.begin(Caller.get("/"), null);
    Caller.Answer second = caller.call(Caller.get("/"));
    assertThat(second.failure()).isEqualTo(Kind.POOL_FULL);
    assertThat(second.sent()).isEqualTo(Sent.NOTHING);
    first.cancel(Failure.of(Kind.CLIENT_GONE));
    never.countDown();
  }

  @Test
  void aRefusedStreamWasNeverLookedAt() throws Exception {
    Caller.Answer answer = caller(frames -> frames.reset(frames.request(), Frames.REFUSED_STREAM)).call(Caller.request("POST", "/", 2), "ok");
    assertThat(answer.failure()).isEqualTo(Kind.CLOSED);
    assertThat(answer.sent()).isEqualTo(Sent.NOTHING);
    assertThat(answer.detail()).isEqualTo("stream reset: refused_stream_error");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 8, 11, 99})
  void anyOtherResetIsAClose(int code) throws Exception {
    Caller caller = caller(frames -> {
      frames.reset(frames.request(), code);
      int second = frames.request();
      frames.headers(second, false, ":status", "200", "content-length", "5").data(second, false, "hel").reset(second, code);
      answer(frames, "ok");
    });
    Caller.Answer before = caller.call(Caller.get("/"));
    assertThat(before.failure()).isEqualTo(Kind.CLOSED);
    assertThat(before.sent()).isEqualTo(Sent.SOME);
    Caller.Answer within = caller.call(Caller.get("/"));
    assertThat(within.cut()).isInstanceOfSatisfying(BrokenAnswer.class, why -> assertThat(why.failure().kind()).isEqualTo(Kind.CLOSED));
    // The connection goes on.
    assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
  }

  @Test
  void aResetBehindAWholeAnswerOnlyStopsTheUpload() throws Exception {
    Caller caller = caller(frames -> {
      int stream = frames.await(Frames.HEADERS).stream();
      frames.headers(stream, false, ":status", "200").data(stream, true, "enough").reset(stream, 0);
      answer(frames, "ok");
    });
    Caller.Answer answer = caller.begin(Caller.request("POST", "/", -1), caller.new Upload().add("some"), false).awaitHead();
    await().pollDelay(Duration.ofMillis(100)).until(() -> true);
    answer.readOn();
    assertThat(answer.await().body()).isEqualTo("enough");
    assertThat(answer.cut()).isNull();
  }

  @Test
  void aBackendThatLeavesAnswersWhatItHasTakenAndTheRestIsSentAgain() throws Exception {
    AtomicInteger next = new AtomicInteger();
    TestBackend backend = backend(new int[0], frames -> {
      if (next.incrementAndGet() == 1) {
        int first = frames.request();
        frames.headers(first, false, ":status", "200");
        int second = frames.request();
        frames.goAway(first, 0);
        frames.data(first, true, "first");
        assertThat(second).isGreaterThan(first);
        return;
      }
      answer(frames, "second");
    });
    Caller caller = caller(backend, s -> s);
    Caller.Answer first = caller.begin(Caller.get("/1"), null).awaitHead();
    Caller.Answer second = caller.begin(Caller.request("POST", "/2", 0), null);
    assertThat(first.await().body()).isEqualTo("first");
    assertThat(second.await().body()).isEqualTo("second");
    assertThat(backend.connections()).isEqualTo(2);
  }

  @Test
  void aBodyThatWasBegunIsNotSentAgainButWasNeverLookedAt() throws Exception {
    TestBackend backend = backend(new int[0], frames -> {
      int stream = frames.await(Frames.HEADERS).stream();
      frames.await(Frames.DATA);
      frames.goAway(stream - 1, 0);
    });
    Caller caller = caller(backend, s -> s);
    Caller.Answer answer = caller.begin(Caller.request("POST", "/", -1), caller.new Upload().add("some")).await();
    assertThat(answer.failure()).isEqualTo(Kind.CLOSED);
    assertThat(answer.sent()).isEqualTo(Sent.NOTHING);
  }

  @Test
  void aKeptConnectionThatClosesUnderTheRequestIsStale() throws Exception {
    TestBackend backend = TestBackend.of(connection -> {
      Frames frames = Frames.accept(connection);
      answer(frames, "ok");
      frames.request();
      connection.reset();
    });
    Caller caller = caller(backend, s -> s);
    assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
    Caller.Answer answer = caller.call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.CLOSED);
    assertThat(answer.sent()).isEqualTo(Sent.STALE_CONNECTION);
  }

  @Test
  void anIdleConnectionIsClosedAfterItsTime() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    TestBackend backend = backend(new int[0], frames -> {
      answer(frames, "ok");
      frames.await(Frames.GOAWAY);
      left.countDown();
    });
    Caller caller = caller(backend, s -> s.withIdle(1, Duration.ofMillis(200)));
    assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
    assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
    await().atMost(Duration.ofSeconds(5)).until(() -> backend.open() == 0);
  }

  @Test
  void cancelResetsTheStreamAlone() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    AtomicInteger code = new AtomicInteger(-1);
    Caller caller = caller(frames -> {
      frames.request();
      asked.countDown();
      code.set(frames.await(Frames.RST_STREAM).code());
      answer(frames, "ok");
    });
    Caller.Answer answer = caller.begin(Caller.get("/"), null);
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    answer.cancel(Failure.of(Kind.CLIENT_GONE));
    assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
    assertThat(code).hasValue(8);
    assertThat(answer.callbacks()).isZero();
  }

  @Test
  void aRequestHeadThatTheBackendDoesNotTakeHarmsNoOtherCall() throws Exception {
    TestBackend backend = backend(new int[] {MAX_HEADER_LIST_SIZE, 2000}, frames -> {
      while (true) {
        answer(frames, "ok");
      }
    });
    Caller caller = caller(backend, s -> s);
    assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
    HttpFields large = HttpFields.build().add("X", "x".repeat(3000)).asImmutable();
    Caller.Answer answer = caller.call(Caller.with(Caller.get("/"), large, null));
    assertThat(answer.failure()).isEqualTo(Kind.HEAD_TOO_LARGE);
    assertThat(answer.sent()).isEqualTo(Sent.NOTHING);
    assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
    assertThat(backend.connections()).isEqualTo(1);
  }

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

  @ParameterizedTest
  @ValueSource(strings = {"/..", "/a/../../b", "//", "/%zz", "/a|b", "/;x=1", "/%2e%2e/", "/a?b#c"})
  void targetsGoAsTheyAre(String target) throws Exception {
    StringBuilder seen = new StringBuilder();
    Caller caller = caller(frames -> {
      Frames.Frame head = frames.await(Frames.HEADERS);
      seen.append(Frames.path(head.payload()));
      frames.headers(head.stream(), true, ":status", "204");
    });
    assertThat(caller.call(Caller.get(target)).status()).isEqualTo(204);
    assertThat(seen).hasToString(target);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a b", "/a\r\nX: 1", "/\0", ""})
  void noTargetEndsALine(String target) throws Exception {
    Caller.Answer answer = caller(Frames::request).call(Caller.get(target));
    assertThat(answer.failure()).isEqualTo(Kind.FILTER);
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
