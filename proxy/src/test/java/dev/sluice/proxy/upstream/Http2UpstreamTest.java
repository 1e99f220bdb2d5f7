package dev.sluice.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.Caller;
import dev.sluice.proxy.fixture.Frames;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.upstream.Upstream.Sent;
import dev.sluice.routes.spi.Failure;
import dev.sluice.routes.spi.Failure.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpFields;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Streams and connections of [Http2Upstream]: who shares them, who waits, resets and goodbyes.
class Http2UpstreamTest extends Http2Contract {
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
}
