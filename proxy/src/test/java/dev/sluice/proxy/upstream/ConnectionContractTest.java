package dev.sluice.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.Caller;
import dev.sluice.proxy.fixture.Raw;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.upstream.Upstream.Sent;
import dev.sluice.routes.spi.Failure.Kind;
import dev.sluice.routes.spi.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How HTTP/1.1 connections are kept, limited and given up, whatever lies between gateway and backend.
@ParameterizedClass
@EnumSource
class ConnectionContractTest extends Http1Contract {
  ConnectionContractTest(Path path) {
    super(path);
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
