package dev.sluice.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.Caller;
import dev.sluice.proxy.upstream.Upstream.Sent;
import dev.sluice.routes.spi.Failure;
import dev.sluice.routes.spi.Failure.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// How fast a call runs, how it ends and how it breaks off, whatever is spoken to the backend.
@ParameterizedClass
@EnumSource
class CallEndsTest extends CallContract {
  CallEndsTest(Spoken spoken) {
    super(spoken);
  }

  @Test
  void theBodyIsReadNoFasterThanTheBackendTakesIt() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Caller caller = caller((request, response) -> {
      go.await(20, TimeUnit.SECONDS);
      Content.Source.consumeAll(request);
      write(response, true, "ok");
    });
    AtomicLong read = new AtomicLong();
    Content.Source endless = new Content.Source() {
      @Override
      public Content.Chunk read() {
        long n = read.addAndGet(65536);
        return Content.Chunk.from(ByteBuffer.allocate(65536), n >= 24 << 20);
      }

      @Override
      public void demand(Runnable callback) {
        throw new AssertionError("it was never empty");
      }

      @Override
      public void fail(Throwable why) {
        throw new AssertionError("the upstream fails no body");
      }
    };
    Caller.Answer answer = caller.begin(Caller.request("POST", "/", 24 << 20), endless);
    AtomicLong before = new AtomicLong(-1);
    await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(200)).until(() -> read.get() > 0 && before.getAndSet(read.get()) == read.get());
    assertThat(read.get()).isLessThan(20 << 20);
    go.countDown();
    assertThat(answer.await().body()).isEqualTo("ok");
  }

  @Test
  void theAnswerIsReadNoFasterThanTheReceiverTakesIt() throws Exception {
    AtomicLong written = new AtomicLong();
    AtomicReference<Throwable> end = new AtomicReference<>();
    String piece = "x".repeat(65536);
    Caller caller = caller((request, response) -> {
      try {
        for (int i = 0; i < 1024; i++) {
          write(response, i == 1023, piece);
          written.addAndGet(piece.length());
        }
      } catch (IOException e) {
        end.set(e);
        throw e;
      }
    });
    Caller.Answer answer = caller.begin(Caller.get("/"), null, false).awaitHead();
    AtomicLong before = new AtomicLong(-1);
    await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(200)).until(() -> before.getAndSet(written.get()) == written.get());
    assertThat(written.get()).isLessThan(32 << 20);
    if (spoken.http2()) {
      // Another stream of the same connection is not held up.
      caller.begin(Caller.get("/"), null, false).awaitHead().cancel(Failure.of(Kind.CLIENT_GONE));
    }
    answer.cancel(Failure.of(Kind.CLIENT_GONE));
    await().atMost(Duration.ofSeconds(10)).until(() -> end.get() != null);
  }

  @Test
  void limitsOfTimeHold() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Caller caller = caller((request, response) -> {
      if (request.getHttpURI().getPath().equals("/body")) {
        write(response, false, "hel");
      }
      never.await(20, TimeUnit.SECONDS);
    });
    Caller.Answer noHead = caller.call(Caller.within(Caller.get("/"), 0, 300, 0));
    assertThat(noHead.failure()).isEqualTo(Kind.HEADER_TIMEOUT);
    assertThat(noHead.sent()).isEqualTo(Sent.SOME);
    assertThat(caller.call(Caller.within(Caller.get("/"), 0, 0, 300)).failure()).isEqualTo(Kind.IDLE_TIMEOUT);
    Caller.Answer cut = caller.call(Caller.within(Caller.get("/body"), 0, 0, 300));
    assertThat(cut.body()).isEqualTo("hel");
    assertThat(cut.cut()).isInstanceOfSatisfying(BrokenAnswer.class, why -> assertThat(why.failure().kind()).isEqualTo(Kind.IDLE_TIMEOUT));
    never.countDown();
  }

  @Test
  void aFailingBodyEndsTheCallAtBothEnds() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch failed = new CountDownLatch(1);
    Caller caller = caller((request, response) -> {
      asked.countDown();
      try {
        Content.Source.consumeAll(request);
      } catch (IOException e) {
        failed.countDown();
        throw e;
      }
    });
    Caller.Upload upload = caller.new Upload().add("some");
    Caller.Answer answer = caller.begin(Caller.request("POST", "/", 10), upload);
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    upload.put(Content.Chunk.from(new IOException("gone"), true));
    assertThat(answer.await().failure()).isEqualTo(Kind.CLIENT_GONE);
    assertThat(failed.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(caller.call(Caller.request("POST", "/", 5), "1234").failure()).isEqualTo(Kind.BAD_REQUEST);
    assertThat(caller.call(Caller.request("POST", "/", 5), "123456").failure()).isEqualTo(Kind.BAD_REQUEST);
  }

  @Test
  void aBackendThatBreaksOffIsAFailureAndNeverAnEnd() throws Exception {
    Caller caller = caller((request, response) -> {
      if (request.getHttpURI().getPath().equals("/body")) {
        write(response, false, "hel");
      }
      throw new Request.Handler.AbortException(new IOException("on purpose"));
    });
    Caller.Answer before = caller.call(Caller.get("/"));
    assertThat(before.failure()).isEqualTo(Kind.CLOSED);
    assertThat(before.callbacks()).isEqualTo(1);
    Caller.Answer within = caller.call(Caller.get("/body"));
    assertThat(within.status()).isEqualTo(200);
    assertThat(within.cut()).isInstanceOfSatisfying(BrokenAnswer.class, why -> assertThat(why.failure().kind()).isEqualTo(Kind.CLOSED));
  }

  @Test
  void nothingComesAfterACancel() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch cancelled = new CountDownLatch(1);
    Caller caller = caller((request, response) -> {
      asked.countDown();
      cancelled.await(10, TimeUnit.SECONDS);
      write(response, true, "late");
    });
    Caller.Answer answer = caller.begin(Caller.get("/"), null);
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    answer.cancel(Failure.of(Kind.CLIENT_GONE));
    cancelled.countDown();
    assertThat(caller.call(Caller.get("/")).body()).isEqualTo("late");
    assertThat(answer.callbacks()).isZero();
  }

  @Test
  void manyCallsRunAtOnce() throws Exception {
    Caller caller = caller(CallContractTest::echo);
    String body = "b".repeat(20_000);
    List<Caller.Answer> answers = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      answers.add(caller.begin(Caller.request("POST", "/" + i, body.length()), caller.new Upload().add(body).end()));
    }
    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).await().body()).startsWith("POST /" + i + "\n").endsWith(body);
    }
  }
}
