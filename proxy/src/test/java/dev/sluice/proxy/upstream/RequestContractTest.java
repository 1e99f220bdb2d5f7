package dev.sluice.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.Caller;
import dev.sluice.proxy.fixture.Raw;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.upstream.Upstream.Sent;
import dev.sluice.routes.spi.Failure.Kind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How HTTP/1.1 requests go out, whatever lies between gateway and backend.
@ParameterizedClass
@EnumSource
class RequestContractTest extends Http1Contract {
  RequestContractTest(Path path) {
    super(path);
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
}
