package dev.sluice.proxy.upstream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.Caller;
import dev.sluice.proxy.fixture.Engine;
import dev.sluice.proxy.fixture.JettyBackend;
import dev.sluice.proxy.fixture.TestTls;
import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.loop.Tricks;
import dev.sluice.proxy.upstream.Upstream.Sent;
import dev.sluice.routes.spi.Failure;
import dev.sluice.routes.spi.Failure.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What a call does whatever is spoken to the backend, which is a stock Jetty. At the end of each test no buffer is missing.
@Timeout(60)
@ParameterizedClass
@EnumSource
class CallContractTest {
  /// What is spoken to the backend.
  enum Spoken {
    HTTP_1,
    HTTP_1_TLS,
    H2C,
    H2,
    /// With all of Jetty's own threads.
    H2_STOCK;

    private boolean tls() {
      return this == HTTP_1_TLS || this == H2 || this == H2_STOCK;
    }

    private boolean http2() {
      return ordinal() >= H2C.ordinal();
    }

    private String scheme() {
      return this == H2C ? "h2c" : tls() ? "https" : "http";
    }
  }

  private final Spoken spoken;
  private final List<AutoCloseable> open = new ArrayList<>();
  private Engine engine;
  private JettyBackend backend;

  CallContractTest(Spoken spoken) {
    this.spoken = spoken;
  }

  /// What a backend does with a request, on a thread that may block.
  private interface Exchange {
    void handle(Request request, Response response) throws Exception;
  }

  private Caller caller(Exchange exchange) throws IOException {
    backend = new JettyBackend(spoken.tls(), 20, new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback) throws Exception {
        exchange.handle(request, response);
        callback.succeeded();
        return true;
      }
    });
    open.add(backend);
    engine = Engine.before(dev.sluice.proxy.fixture.TestBackend.echo(), s -> s
        .withTricks(spoken == Spoken.H2_STOCK ? Tricks.OFF : Tricks.ON)
        .withUpstream(s.upstream().withTls(TestTls.trusting())
            .withReach(spoken.http2() ? UpstreamSettings.Reach.HTTP_2 : UpstreamSettings.Reach.PLAIN)));
    open.add(engine);
    EventLoop loop = engine.server().anyLoop();
    return new Caller(loop, engine.server().upstream(loop), backend.endpoint(spoken.scheme()));
  }

  @AfterEach
  void allIsGivenBack() throws Exception {
    try {
      await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(engine.heldBuffers()).as(engine.leaks()).isZero());
    } finally {
      for (AutoCloseable each : open.reversed()) {
        each.close();
      }
    }
  }

  private static void write(Response response, boolean last, String text) throws IOException {
    try (Blocker.Callback blocker = Blocker.callback()) {
      response.write(last, ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), blocker);
      blocker.block();
    }
  }

  private static void echo(Request request, Response response) throws IOException {
    StringBuilder text = new StringBuilder(
        request.getMethod() + " " + request.getHttpURI().getPathQuery() + "\nhost: " + request.getHttpURI().getHost() + "\n");
    for (HttpField field : request.getHeaders()) {
      if (field.getLowerCaseName().equals("host")) {
        continue;
      }
      text.append(field.getLowerCaseName()).append(": ").append(field.getValue()).append('\n');
    }
    String body = Content.Source.asString(request, StandardCharsets.ISO_8859_1);
    text.append('\n').append(body);
    HttpFields trailers = request.getTrailers();
    if (trailers != null) {
      trailers.forEach(field -> text.append('\n').append(field.getName()).append(": ").append(field.getValue()));
    }
    write(response, true, text.toString());
  }

  @Test
  void sendsTheRequestAsGiven() throws Exception {
    Caller caller = caller(CallContractTest::echo);
    HttpFields headers = HttpFields.build().add("X-One", "1").add("x-two", "\u00e4").add("X-One", "2").asImmutable();
    assertThat(caller.call(Caller.with(Caller.get("/a?b|c"), headers, null)).body())
        .isEqualTo("GET /a?b|c\nhost: backend.test\nx-one: 1\nx-two: \u00e4\nx-one: 2\n\n");
    assertThat(caller.call(Caller.request("POST", "/", 5), "hello").body()).contains("\ncontent-length: 5\n").endsWith("\nhello");
    assertThat(caller.call(Caller.request("POST", "/", -1), "hello").body()).doesNotContain("content-length").endsWith("\nhello");
    assertThat(caller.call(Caller.request("ODD", "/", 0)).body()).startsWith("ODD /\n");
    assertThat(backend.connections()).isEqualTo(spoken == Spoken.H2C ? 2 : 1);
  }

  @Test
  void trailersGoBothWays() throws Exception {
    Caller caller = caller((request, response) -> {
      String body = Content.Source.asString(request);
      HttpFields trailers = HttpFields.build().add("X-Sum", body + requireNonNull(request.getTrailers()).get("X-T")).asImmutable();
      response.setTrailersSupplier(() -> trailers);
      write(response, false, "answer");
    });
    Caller.Upload upload = caller.new Upload().add("hel").add("lo").put(new Trailers(HttpFields.build().add("X-T", "1").asImmutable()));
    Caller.Answer answer = caller.begin(Caller.request("POST", "/", -1), upload).await();
    assertThat(answer.body()).isEqualTo("answer");
    assertThat(requireNonNull(answer.trailers()).get("X-Sum")).isEqualTo("hello1");
  }

  @Test
  void aLongHeadAndALongBodyGoThrough() throws Exception {
    Caller caller = caller((request, response) -> {
      response.getHeaders().put("X-Back", request.getHeaders().get("X-Long"));
      write(response, true, Content.Source.asString(request, StandardCharsets.ISO_8859_1));
    });
    String value = "v".repeat(60_000);
    String body = "0123456789".repeat(100_000);
    for (long length : new long[] {body.length(), -1}) {
      Caller.Answer answer = caller.call(
          Caller.with(Caller.request("PUT", "/", length), HttpFields.build().add("X-Long", value).asImmutable(), null), body);
      assertThat(answer.headers().get("X-Back")).isEqualTo(value);
      assertThat(answer.body()).isEqualTo(body);
    }
    assertThat(caller.call(Caller.get("/")).status()).isEqualTo(200);
  }

  @Test
  void answersWithoutABodyAreWhole() throws Exception {
    Caller caller = caller((request, response) -> {
      int status = Integer.parseInt(request.getHttpURI().getPath().substring(1));
      response.setStatus(status);
      if (status == 304 || request.getMethod().equals("HEAD")) {
        response.getHeaders().put("Content-Length", 10);
      }
    });
    assertThat(caller.call(Caller.get("/204")).length()).isZero();
    Caller.Answer notModified = caller.call(Caller.get("/304"));
    assertThat(notModified.length()).isZero();
    assertThat(notModified.status()).isEqualTo(304);
    Caller.Answer head = caller.call(Caller.request("HEAD", "/200", 0));
    assertThat(head.length()).isZero();
    assertThat(head.headers().get("Content-Length")).isEqualTo("10");
    assertThat(caller.call(Caller.get("/500")).body()).isEmpty();
  }

  @Test
  void bothDirectionsMayRunAtOnce() throws Exception {
    Caller caller = caller((request, response) -> {
      write(response, false, "");
      boolean last = false;
      while (!last) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          try (Blocker.Runnable blocker = Blocker.runnable()) {
            request.demand(blocker);
            blocker.block();
          }
          continue;
        }
        last = chunk.isLast();
        write(response, last, StandardCharsets.ISO_8859_1.decode(chunk.getByteBuffer()).toString());
        chunk.release();
      }
    });
    Caller.Upload upload = caller.new Upload();
    Caller.Answer answer = caller.begin(Caller.request("POST", "/", -1), upload).awaitHead();
    StringBuilder sent = new StringBuilder();
    for (String piece : List.of("one", "two", "three")) {
      upload.add(piece);
      sent.append(piece);
      await().atMost(Duration.ofSeconds(10)).until(() -> answer.body().contentEquals(sent));
    }
    upload.end();
    assertThat(answer.await().body()).isEqualTo("onetwothree");
  }

  @Test
  void interimAnswersComeBeforeTheHead() throws Exception {
    Caller caller = caller((request, response) -> {
      response.writeInterim(103, HttpFields.build().add("Link", "</a>").asImmutable()).get(5, TimeUnit.SECONDS);
      response.writeInterim(102, HttpFields.EMPTY).get(5, TimeUnit.SECONDS);
      write(response, true, "ok");
    });
    Caller.Answer answer = caller.call(Caller.get("/"));
    assertThat(answer.interims()).containsExactly("103 </a>", "102 null");
    assertThat(answer.body()).isEqualTo("ok");
  }

  @Test
  void theBodyWaitsForA100WhenTheRequestExpectsOne() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Caller caller = caller((request, response) -> {
      asked.countDown();
      go.await(10, TimeUnit.SECONDS);
      write(response, true, Content.Source.asString(request));
    });
    HttpFields expects = HttpFields.build().add("Expect", "100-continue").asImmutable();
    Caller.Upload upload = caller.new Upload().add("hello").end();
    Caller.Answer answer = caller.begin(Caller.with(Caller.request("POST", "/", 5), expects, null), upload);
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(upload.taken()).isZero();
    go.countDown();
    assertThat(answer.await().body()).isEqualTo("hello");
    assertThat(answer.interims()).isEmpty();
  }

  @Test
  void anEarlyAnswerComesWhileTheBodyIsStillSent() throws Exception {
    Caller caller = caller((request, response) -> write(response, true, "ok"));
    Caller.Upload upload = caller.new Upload().add("some");
    assertThat(caller.begin(Caller.request("POST", "/", -1), upload).await().body()).isEqualTo("ok");
    assertThat(upload.failure()).isNull();
    upload.add("more");
    assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
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
