package dev.sluice.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.Caller;
import dev.sluice.proxy.fixture.Engine;
import dev.sluice.proxy.fixture.Raw;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.fixture.TestTls;
import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.loop.Tricks;
import dev.sluice.proxy.upstream.Upstream.Sent;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.Failure;
import dev.sluice.routes.spi.Failure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What every [Upstream] does, against backends that send what they are told. At the end of each test no buffer is missing.
@Timeout(60)
class UpstreamContractTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final List<AutoCloseable> open = new ArrayList<>();
  private Engine engine;

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

  private Caller caller(TestBackend.Script script) throws IOException {
    return caller(TestBackend.of(script));
  }

  private Caller caller(TestBackend backend) throws IOException {
    return caller(backend, backend.endpoint());
  }

  private Caller caller(TestBackend backend, Endpoint to) throws IOException {
    open.add(prepared(backend));
    engine = Engine.before(backend, s -> s.withUpstream(s.upstream().withTls(TestTls.trusting())));
    open.add(engine);
    EventLoop loop = engine.server().anyLoop();
    return new Caller(loop, engine.server().upstream(loop), TestBackend.endpoint(backend.endpoint().scheme(), to.host(), to.port()));
  }

  /// What backends speak.
  TestBackend prepared(TestBackend backend) {
    return backend;
  }

  private static TestBackend.Script answering(String response) {
    return connection -> {
      while (true) {
        connection.body(connection.head());
        connection.send(response);
      }
    };
  }

  @Test
  void sendsTheHeadAsGiven() throws Exception {
    Caller caller = caller(TestBackend.echo());
    HttpFields headers = HttpFields.build().add("X-One", "1").add("x-two", "\u00e4").add("X-One", "2").asImmutable();
    assertThat(caller.call(Caller.with(Caller.get("/a?b|c"), headers, null)).body())
        .isEqualTo("GET /a?b|c HTTP/1.1\nHost: backend.test\nX-One: 1\nx-two: \u00e4\nX-One: 2\n\n");
    assertThat(caller.call(Caller.request("POST", "/", 5), "hello").body())
        .isEqualTo("POST / HTTP/1.1\nHost: backend.test\nContent-Length: 5\n\nhello");
    assertThat(caller.call(Caller.request("POST", "/", -1), "hello").body())
        .isEqualTo("POST / HTTP/1.1\nHost: backend.test\nTransfer-Encoding: chunked\n\nhello");
    assertThat(caller.call(Caller.request("POST", "/", 0)).body()).isEqualTo("POST / HTTP/1.1\nHost: backend.test\n\n");
  }

  @Test
  void aChunkedBodyTakesItsTrailersAlong() throws Exception {
    Caller caller = caller(TestBackend.echo());
    Caller.Upload upload = caller.new Upload().add("hel").add("lo").put(new Trailers(HttpFields.build().add("X-T", "1").asImmutable()));
    assertThat(caller.begin(Caller.request("POST", "/", -1), upload).await().body()).endsWith("\nhello\nX-T: 1\n");
  }

  @Test
  void aLongHeadAndALongBodyGoThrough() throws Exception {
    Caller caller = caller(TestBackend.echo());
    String value = "v".repeat(100_000);
    String body = "0123456789".repeat(100_000);
    HttpFields headers = HttpFields.build().add("X-Long", value).asImmutable();
    for (long length : new long[] {body.length(), -1}) {
      Caller.Answer answer = caller.call(Caller.with(Caller.request("PUT", "/", length), headers, null), body);
      assertThat(answer.body()).contains("X-Long: " + value + "\n").endsWith("\n" + body);
      assertThat(answer.lastMarked()).isTrue();
    }
  }

  @Test
  void theBodyIsReadNoFasterThanTheBackendTakesIt() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    Caller caller = caller(TestBackend.narrow(connection -> {
      String head = connection.head();
      go.await(20, TimeUnit.SECONDS);
      connection.body(head);
      connection.send(OK);
      connection.ended();
    }));
    AtomicLong read = new AtomicLong();
    Content.Source endless = new Content.Source() {
      @Override
      public Content.Chunk read() {
        long n = read.addAndGet(65536);
        return Content.Chunk.from(ByteBuffer.allocate(65536), n >= 64 << 20);
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
    Caller.Answer answer = caller.begin(Caller.request("POST", "/", 64 << 20), endless);
    AtomicLong before = new AtomicLong(-1);
    await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(200)).until(() -> read.get() > 0 && before.getAndSet(read.get()) == read.get());
    assertThat(read.get()).isLessThan(32 << 20);
    go.countDown();
    assertThat(answer.await().body()).isEqualTo("ok");
  }

  @Test
  void bodiesOfEachFramingEndWhereTheyEnd() throws Exception {
    Caller caller = caller(connection -> {
      for (String response : List.of(
          "HTTP/1.1 200 Fine\r\nContent-Length: 5\r\n\r\nhello",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nX-T: t\r\n\r\n",
          "HTTP/1.1 204 No Content\r\n\r\n",
          "HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
          "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 299 Until the end\r\n\r\nhello")) {
        connection.head();
        connection.send(response);
      }
    });
    Caller.Answer length = caller.call(Caller.get("/"));
    assertThat(length.body()).isEqualTo("hello");
    assertThat(length.reason()).isEqualTo("Fine");
    assertThat(length.length()).isEqualTo(5);
    assertThat(length.lastMarked()).isTrue();
    Caller.Answer chunked = caller.call(Caller.get("/"));
    assertThat(chunked.body()).isEqualTo("hello");
    assertThat(chunked.length()).isEqualTo(-1);
    assertThat(java.util.Objects.requireNonNull(chunked.trailers()).get("X-T")).isEqualTo("t");
    assertThat(caller.call(Caller.get("/")).status()).isEqualTo(204);
    Caller.Answer notModified = caller.call(Caller.get("/"));
    assertThat(notModified.length()).isZero();
    assertThat(notModified.headers().get("Content-Length")).isEqualTo("10");
    assertThat(caller.call(Caller.request("HEAD", "/", 0)).length()).isZero();
    assertThat(caller.call(Caller.get("/")).body()).isEmpty();
    Caller.Answer untilEnd = caller.call(Caller.get("/"));
    assertThat(untilEnd.body()).isEqualTo("hello");
    assertThat(untilEnd.length()).isEqualTo(-1);
    assertThat(untilEnd.cut()).isNull();
  }

  @Test
  void manyTinyChunksAreReadOneByOne() throws Exception {
    StringBuilder all = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 5000; i++) {
      all.append("1\r\n").append((char) ('a' + i % 26)).append("\r\n");
    }
    Caller caller = caller(answering(all + "0\r\n\r\n"));
    for (int i = 0; i < 3; i++) {
      Caller.Answer answer = caller.call(Caller.get("/"));
      assertThat(answer.body()).hasSize(5000).startsWith("abc");
      assertThat(answer.chunks()).isEqualTo(5000);
    }
  }

  @Test
  void oneConnectionCarriesManyCalls() throws Exception {
    TestBackend backend = TestBackend.answering(OK);
    Caller caller = caller(backend);
    for (int i = 0; i < 20; i++) {
      assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
    }
    assertThat(backend.connections()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: x, Close\r\n\r\nok",
    "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
    "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison"
  })
  void someConnectionsCarryOnlyOne(String response) throws Exception {
    TestBackend backend = TestBackend.answering(response);
    Caller caller = caller(backend);
    assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
    assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
    assertThat(backend.connections()).isEqualTo(2);
  }

  @Test
  void http10MayStayOpen() throws Exception {
    TestBackend backend = TestBackend.answering("HTTP/1.0 200 OK\r\nContent-Length: 2\r\nConnection: keep-alive\r\n\r\nok");
    Caller caller = caller(backend);
    caller.call(Caller.get("/"));
    caller.call(Caller.get("/"));
    assertThat(backend.connections()).isEqualTo(1);
  }

  @Test
  void aBodyWhereNoneMayBeIsNotTakenForTheNextAnswer() throws Exception {
    TestBackend backend = TestBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    Caller caller = caller(backend);
    assertThat(caller.call(Caller.request("HEAD", "/", 0)).body()).isEmpty();
    assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
    assertThat(backend.connections()).isEqualTo(2);
  }

  @Test
  void bytesThatNobodyAskedForCloseAKeptConnection() throws Exception {
    AtomicInteger next = new AtomicInteger();
    CountDownLatch poison = new CountDownLatch(1);
    TestBackend backend = TestBackend.of(connection -> {
      int number = next.incrementAndGet();
      connection.head();
      connection.send(OK);
      if (number == 1) {
        poison.await(10, TimeUnit.SECONDS);
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\npoison");
      }
      connection.ended();
    });
    Caller caller = caller(backend);
    caller.call(Caller.get("/"));
    poison.countDown();
    await().atMost(Duration.ofSeconds(5)).until(() -> backend.open() == 0);
    assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
  }

  @Test
  void aKeptConnectionThatTheBackendClosesIsNotUsed() throws Exception {
    TestBackend backend = TestBackend.of(connection -> {
      connection.head();
      connection.send(OK);
    });
    Caller caller = caller(backend);
    for (int i = 0; i < 5; i++) {
      assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
      await().atMost(Duration.ofSeconds(5)).until(() -> backend.open() == 0);
      engine.server().counters();
      settle();
    }
  }

  /// Lets the loop take note of what has happened on its sockets.
  private void settle() throws Exception {
    CountDownLatch passed = new CountDownLatch(1);
    engine.server().anyLoop().schedule(TimeUnit.MILLISECONDS.toNanos(50), passed::countDown);
    assertThat(passed.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aKeptConnectionThatClosesUnderTheRequestIsStale() throws Exception {
    TestBackend backend = TestBackend.of(connection -> {
      connection.head();
      connection.send(OK);
      connection.head();
      connection.reset();
    });
    Caller caller = caller(backend);
    caller.call(Caller.get("/"));
    Caller.Answer answer = caller.call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.CLOSED);
    assertThat(answer.sent()).isEqualTo(Sent.STALE_CONNECTION);
  }

  @Test
  void aNewConnectionThatClosesWithoutAnAnswerIsNotStale() throws Exception {
    Caller.Answer answer = caller(Raw::head).call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.CLOSED);
    assertThat(answer.sent()).isEqualTo(Sent.SOME);
  }

  @Test
  void aRefusedConnectionSentNothing() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    Caller.Answer answer = caller(TestBackend.echo(), TestBackend.endpoint("127.0.0.1", port)).call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.REFUSED);
    assertThat(answer.sent()).isEqualTo(Sent.NOTHING);
    assertThat(answer.detail()).contains("127.0.0.1:" + port);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\nzz\r\nlo\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhelX\r\n0\r\n\r\n"
  })
  void aCutOrBrokenBodyIsAFailureAndNeverAnEnd(String response) throws Exception {
    Caller.Answer answer = caller(connection -> {
      connection.head();
      connection.send(response);
    }).call(Caller.get("/"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.cut()).isInstanceOfSatisfying(BrokenAnswer.class, why -> assertThat(why.failure().kind()).isEqualTo(Kind.CLOSED));
    assertThat(answer.body()).isEqualTo("hel");
    assertThat(answer.callbacks()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nX : 1\r\nContent-Length: 2\r\n\r\nok",
    "HTTP/1.1 200 OK\r\nX: 1\r\n 2\r\nContent-Length: 2\r\n\r\nok",
    "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 2\r\n\r\nok",
    "HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 2\r\n\r\nok",
    "HTTP/1.1 0 OK\r\n\r\n",
    "HTTP/1.1 99 OK\r\n\r\n",
    "HTTP/1.1 1000 OK\r\n\r\n",
    "HTTP/1.1 2OO OK\r\n\r\n",
    "HTTP/1.1 101 Switching Protocols\r\n\r\n",
    "HTTP/3.0 200 OK\r\n\r\n",
    "nonsense\r\n\r\n",
    "\u0016\u0003\u0001\u0000\u0000"
  })
  void aMalformedHeadIsAProtocolFailure(String response) throws Exception {
    Caller.Answer answer = caller(connection -> {
      connection.head();
      connection.send(response);
      connection.ended();
    }).call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.PROTOCOL);
    assertThat(answer.sent()).isIn(Sent.SOME, Sent.ANSWER_BEGUN);
  }

  @Test
  void aHeadThatIsCutIsAClose() throws Exception {
    Caller.Answer answer = caller(connection -> {
      connection.head();
      connection.send("HTTP/1.1 200 OK\r\nContent-");
    }).call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.CLOSED);
    assertThat(answer.sent()).isIn(Sent.SOME, Sent.ANSWER_BEGUN);
  }

  @Test
  void aHeadOverTheLimitIsAProtocolFailure() throws Exception {
    Caller.Answer answer = caller(connection -> {
      connection.head();
      connection.send("HTTP/1.1 200 OK\r\nX: " + "x".repeat(2 << 20) + "\r\n\r\n");
    }).call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.PROTOCOL);
    assertThat(answer.detail()).isEqualTo("response head over 1048576 bytes");
  }

  @Test
  void equalLengthsCountOnce() throws Exception {
    Caller.Answer answer = caller(answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok")).call(Caller.get("/"));
    assertThat(answer.body()).isEqualTo("ok");
    assertThat(answer.headers().getValuesList("Content-Length")).containsExactly("2");
  }

  @Test
  void interimAnswersComeBeforeTheHead() throws Exception {
    Caller.Answer answer = caller(answering(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n".repeat(3) + OK)).call(Caller.get("/"));
    assertThat(answer.interims()).containsExactly("103 </a>", "102 null", "103 </a>", "102 null", "103 </a>", "102 null");
    assertThat(answer.body()).isEqualTo("ok");
  }

  @Test
  void anEarlyAnswerComesWhileTheBodyIsStillSent() throws Exception {
    TestBackend backend = TestBackend.of(connection -> {
      connection.head();
      connection.send(OK);
      connection.ended();
    });
    Caller caller = caller(backend);
    Caller.Upload upload = caller.new Upload().add("some");
    Caller.Answer answer = caller.begin(Caller.request("POST", "/", -1), upload).await();
    assertThat(answer.body()).isEqualTo("ok");
    assertThat(upload.failure()).isNull();
    // Its request was never whole, so the connection is of no more use.
    await().atMost(Duration.ofSeconds(5)).until(() -> backend.open() == 0);
    upload.add("more");
    settle();
  }

  @Test
  void bothDirectionsMayRunAtOnce() throws Exception {
    Caller caller = caller(connection -> {
      connection.head();
      connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (int i = 0; i < 3; i++) {
        int size = Integer.parseInt(connection.line(), 16);
        String text = connection.text(size);
        connection.line();
        connection.send(Integer.toHexString(size) + "\r\n" + text + "\r\n");
      }
      connection.send("0\r\n\r\n");
      connection.ended();
    });
    Caller.Upload upload = caller.new Upload();
    Caller.Answer answer = caller.begin(Caller.request("POST", "/", -1), upload).awaitHead();
    for (String piece : List.of("one", "two", "three")) {
      upload.add(piece);
    }
    assertThat(answer.await().body()).isEqualTo("onetwothree");
  }

  @Test
  void theBodyWaitsForA100WhenTheRequestExpectsOne() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    Caller caller = caller(connection -> {
      String head = connection.head();
      asked.countDown();
      connection.timeout(200);
      try {
        connection.text(1);
        throw new AssertionError("the body did not wait");
      } catch (java.net.SocketTimeoutException waits) {
        connection.timeout(10_000).send("HTTP/1.1 100 Continue\r\n\r\n");
      }
      assertThat(connection.body(head)).isEqualTo("hello");
      connection.send(OK);
      connection.ended();
    });
    HttpFields expects = HttpFields.build().add("Expect", "100-continue").asImmutable();
    Caller.Answer answer = caller.call(Caller.with(Caller.request("POST", "/", 5), expects, null), "hello");
    assertThat(asked.getCount()).isZero();
    assertThat(answer.body()).isEqualTo("ok");
    assertThat(answer.interims()).isEmpty();
  }

  @Test
  void aFailingBodyEndsTheCall() throws Exception {
    TestBackend backend = TestBackend.of(Raw::rest);
    Caller caller = caller(backend);
    Caller.Upload upload = caller.new Upload().add("some").put(Content.Chunk.from(new IOException("gone"), true));
    Caller.Answer answer = caller.begin(Caller.request("POST", "/", 10), upload).await();
    assertThat(answer.failure()).isEqualTo(Kind.CLIENT_GONE);
    assertThat(answer.sent()).isEqualTo(Sent.SOME);
    await().atMost(Duration.ofSeconds(5)).until(() -> backend.open() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1234", "123456"})
  void aBodyOfAnotherLengthThanAnnouncedIsNeverSentWhole(String body) throws Exception {
    Caller.Answer answer = caller(TestBackend.echo()).call(Caller.request("POST", "/", 5), body);
    assertThat(answer.failure()).isEqualTo(Kind.BAD_REQUEST);
  }

  @Test
  void noAnswerInTimeIsAHeaderTimeout() throws Exception {
    TestBackend backend = TestBackend.of(Raw::rest);
    Caller.Answer answer = caller(backend).call(Caller.within(Caller.get("/"), 0, 200, 0));
    assertThat(answer.failure()).isEqualTo(Kind.HEADER_TIMEOUT);
    assertThat(answer.sent()).isEqualTo(Sent.SOME);
    await().atMost(Duration.ofSeconds(5)).until(() -> backend.open() == 0);
  }

  @Test
  void noByteInTimeIsAnIdleTimeout() throws Exception {
    assertThat(caller(Raw::rest).call(Caller.within(Caller.get("/"), 0, 0, 200)).failure()).isEqualTo(Kind.IDLE_TIMEOUT);
    Caller.Answer cut = caller(connection -> {
      connection.head();
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel");
      connection.ended();
    }).call(Caller.within(Caller.get("/"), 0, 0, 200));
    assertThat(cut.body()).isEqualTo("hel");
    assertThat(cut.cut()).isInstanceOfSatisfying(BrokenAnswer.class, why -> assertThat(why.failure().kind()).isEqualTo(Kind.IDLE_TIMEOUT));
  }

  @Test
  void aReaderThatTakesItsTimeIsNoIdleBackend() throws Exception {
    Caller caller = caller(answering("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000)));
    Caller.Answer answer = caller.begin(Caller.within(Caller.get("/"), 0, 100, 100), null, false).awaitHead();
    Thread.sleep(400);
    answer.readOn();
    assertThat(answer.await().body()).hasSize(100_000);
  }

  @Test
  void cancelClosesTheConnectionAndNothingMoreComes() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    TestBackend backend = TestBackend.of(connection -> {
      connection.head();
      asked.countDown();
      connection.ended();
    });
    Caller.Answer answer = caller(backend).begin(Caller.get("/"), null);
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    answer.cancel(Failure.of(Kind.CLIENT_GONE));
    await().atMost(Duration.ofSeconds(5)).until(() -> backend.open() == 0);
    settle();
    assertThat(answer.callbacks()).isZero();
  }

  @Test
  void cancelInTheBodyClosesTheConnection() throws Exception {
    TestBackend backend = TestBackend.of(connection -> {
      connection.head();
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(50_000));
      connection.ended();
    });
    Caller.Answer answer = caller(backend).begin(Caller.get("/"), null, false).awaitHead();
    answer.cancel(Failure.of(Kind.CLIENT_GONE));
    await().atMost(Duration.ofSeconds(5)).until(() -> backend.open() == 0);
  }

  @Test
  void anUpgradeIsATunnel() throws Exception {
    TestBackend backend = TestBackend.of(connection -> {
      assertThat(connection.head()).contains("\nConnection: Upgrade\nUpgrade: echo\n");
      connection.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: echo\r\nConnection: Upgrade\r\n\r\nearly");
      connection.send(connection.line() + "\r\n");
      connection.ended();
    });
    Caller.Answer answer = caller(backend).call(Caller.with(Caller.get("/"), HttpFields.EMPTY, "echo"));
    assertThat(answer.headers().get("Upgrade")).isEqualTo("echo");
    Tunnel tunnel = answer.tunnel();
    StringBuilder got = new StringBuilder(StandardCharsets.ISO_8859_1.decode(tunnel.early()));
    CountDownLatch all = new CountDownLatch(1);
    EventLoop loop = engine.server().anyLoop();
    loop.execute(() -> {
      tunnel.endPoint().write(Callback.NOOP, ByteBuffer.wrap("ping\r\n".getBytes(StandardCharsets.ISO_8859_1)));
      read(tunnel, got, all);
    });
    assertThat(all.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(got).hasToString("earlyping\r\n");
    loop.execute(tunnel.endPoint()::close);
    await().atMost(Duration.ofSeconds(5)).until(() -> backend.open() == 0);
  }

  private static void read(Tunnel tunnel, StringBuilder got, CountDownLatch all) {
    try {
      ByteBuffer buffer = org.eclipse.jetty.util.BufferUtil.allocate(100);
      tunnel.endPoint().fill(buffer);
      got.append(StandardCharsets.ISO_8859_1.decode(buffer));
      if (got.indexOf("ping\r\n") >= 0) {
        all.countDown();
        return;
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    tunnel.endPoint().fillInterested(Callback.from(Invocable.InvocationType.NON_BLOCKING, () -> read(tunnel, got, all), x -> {}));
  }

  @Test
  void anUpgradeMayBeAnsweredPlainly() throws Exception {
    Caller.Answer answer = caller(answering("HTTP/1.1 426 Upgrade Required\r\nContent-Length: 2\r\n\r\nno"))
        .call(Caller.with(Caller.get("/"), HttpFields.EMPTY, "echo"));
    assertThat(answer.status()).isEqualTo(426);
    assertThat(answer.body()).isEqualTo("no");
  }
}
