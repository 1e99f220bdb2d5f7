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
import dev.sluice.proxy.tls.ClientTls;
import dev.sluice.proxy.tls.TlsProtocol;
import dev.sluice.proxy.upstream.Upstream.Sent;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.Failure;
import dev.sluice.routes.spi.Failure.Kind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// TLS towards backends: who is believed, what is shown, and what its failures are.
@Timeout(60)
class TlsUpstreamTest {
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

  private Caller caller(TestBackend backend, Endpoint to, ClientTls tls, Tricks tricks) throws IOException {
    open.add(backend);
    engine = Engine.before(backend, s -> s.withTricks(tricks).withUpstream(s.upstream().withTls(tls)));
    open.add(engine);
    EventLoop loop = engine.server().anyLoop();
    return new Caller(loop, engine.server().upstream(loop), to);
  }

  private static TestBackend answering() throws IOException {
    return TestBackend.secure(TlsUpstreamTest::serve);
  }

  private static void serve(Raw connection) throws IOException {
    while (true) {
      String head = connection.head();
      String body = connection.body(head);
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + (body.length() + 2) + "\r\n\r\nok" + body);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.sluice.proxy.fixture.Engine#tricks")
  void callsGoOverKeptConnections(Tricks tricks) throws Exception {
    TestBackend backend = answering();
    Caller caller = caller(backend, backend.endpoint(), TestTls.trusting(), tricks);
    for (int i = 0; i < 20; i++) {
      assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
    }
    String body = "0123456789".repeat(200_000);
    assertThat(caller.call(Caller.request("POST", "/", body.length()), body).body()).isEqualTo("ok" + body);
    assertThat(caller.call(Caller.request("POST", "/", -1), body).body()).isEqualTo("ok" + body);
    assertThat(backend.connections()).isEqualTo(1);
  }

  @Test
  void whatTlsSaysForItselfDoesNotCostAnIdleConnection() throws Exception {
    CountDownLatch renewed = new CountDownLatch(1);
    TestBackend backend = TestBackend.secure(connection -> {
      connection.head();
      connection.send(OK).renewKeys();
      renewed.countDown();
      connection.head();
      connection.send(OK);
      connection.ended();
    });
    Caller caller = caller(backend, backend.endpoint(), TestTls.trusting(), Tricks.ON);
    assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
    assertThat(renewed.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
    assertThat(backend.connections()).isEqualTo(1);
  }

  @Test
  void anUnknownAuthorityIsATlsFailureBeforeAnythingIsSent() throws Exception {
    TestBackend backend = answering();
    ClientTls system = ClientTls.verifying(List.of(), TlsProtocol.DEFAULT, Duration.ofSeconds(10));
    Caller.Answer answer = caller(backend, backend.endpoint(), system, Tricks.ON).call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.TLS);
    assertThat(answer.sent()).isEqualTo(Sent.NOTHING);
  }

  @Test
  void anotherHostsCertificateIsATlsFailure() throws Exception {
    TestBackend backend = TestBackend.secure(TlsUpstreamTest::serve, TestTls.server("wild"));
    Caller.Answer answer = caller(backend, backend.endpoint(), TestTls.trusting(), Tricks.ON).call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.TLS);
    assertThat(answer.sent()).isEqualTo(Sent.NOTHING);
  }

  @Test
  void namesAreVerifiedToo() throws Exception {
    TestBackend backend = answering();
    Endpoint to = TestBackend.endpoint("https", "localhost", backend.port());
    assertThat(caller(backend, to, TestTls.trusting(), Tricks.ON).call(Caller.get("/")).body()).isEqualTo("ok");
  }

  @Test
  void insecureBelievesEveryCertificate() throws Exception {
    TestBackend backend = TestBackend.secure(TlsUpstreamTest::serve, TestTls.server("wild"));
    ClientTls insecure = ClientTls.insecure(List.of(), TlsProtocol.DEFAULT, Duration.ofSeconds(10));
    assertThat(caller(backend, backend.endpoint(), insecure, Tricks.ON).call(Caller.get("/")).body()).isEqualTo("ok");
  }

  @Test
  void aCertificateIsShownToABackendThatAsks() throws Exception {
    TestBackend backend = TestBackend.secure(TlsUpstreamTest::serve, TestTls.demanding("one"));
    assertThat(caller(backend, backend.endpoint(), TestTls.trusting("client"), Tricks.ON).call(Caller.get("/")).body()).isEqualTo("ok");
  }

  @Test
  void withoutTheCertificateThatABackendAsksForTheCallFails() throws Exception {
    TestBackend backend = TestBackend.secure(TlsUpstreamTest::serve, TestTls.demanding("one"));
    Caller.Answer answer = caller(backend, backend.endpoint(), TestTls.trusting(), Tricks.ON).call(Caller.get("/"));
    assertThat(answer.failure()).isIn(Kind.TLS, Kind.CLOSED);
  }

  @Test
  void aBackendWithoutTlsIsATlsFailure() throws Exception {
    TestBackend backend = TestBackend.of(connection -> {
      connection.bytes(5);
      connection.send("HTTP/1.1 400 Bad Request\r\n\r\n");
    });
    Endpoint to = TestBackend.endpoint("https", "127.0.0.1", backend.port());
    Caller.Answer answer = caller(backend, to, TestTls.trusting(), Tricks.ON).call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.TLS);
    assertThat(answer.sent()).isEqualTo(Sent.NOTHING);
  }

  @Test
  void aHandshakeHasItsOwnTimeLimit() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    TestBackend backend = TestBackend.of(connection -> done.await(10, TimeUnit.SECONDS));
    Endpoint to = TestBackend.endpoint("https", "127.0.0.1", backend.port());
    ClientTls quick = ClientTls.trusting(List.of(TestTls.authority()), List.of(), Duration.ofMillis(200));
    Caller.Answer answer = caller(backend, to, quick, Tricks.ON).call(Caller.get("/"));
    done.countDown();
    assertThat(answer.failure()).isEqualTo(Kind.CONNECT_TIMEOUT);
    assertThat(Kind.CONNECT_TIMEOUT.status()).isEqualTo(504);
    assertThat(answer.sent()).isEqualTo(Sent.NOTHING);
  }

  @Test
  void aBackendThatHangsUpInTheHandshakeIsATlsFailure() throws Exception {
    TestBackend backend = TestBackend.of(connection -> connection.bytes(5));
    Endpoint to = TestBackend.endpoint("https", "127.0.0.1", backend.port());
    Caller.Answer answer = caller(backend, to, TestTls.trusting(), Tricks.ON).call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.TLS);
    assertThat(answer.sent()).isEqualTo(Sent.NOTHING);
  }

  @Test
  void aCallMayBeCancelledInTheHandshake() throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    TestBackend backend = TestBackend.of(connection -> {
      connection.bytes(5);
      connected.countDown();
      while (!connection.ended()) {
        // The rest of the hello.
      }
    });
    Endpoint to = TestBackend.endpoint("https", "127.0.0.1", backend.port());
    Caller.Answer answer = caller(backend, to, TestTls.trusting(), Tricks.ON).begin(Caller.get("/"), null);
    assertThat(connected.await(10, TimeUnit.SECONDS)).isTrue();
    answer.cancel(Failure.of(Kind.CLIENT_GONE));
    await().atMost(Duration.ofSeconds(5)).until(() -> backend.open() == 0);
  }

  @Test
  void aBodyThatOnlyTheEndOfTheConnectionEndsMayNotBeCut() throws Exception {
    TestBackend backend = TestBackend.of(connection -> {
      Raw secure = connection.secured("one");
      boolean whole = secure.head().startsWith("GET /whole ");
      secure.send("HTTP/1.1 200 OK\r\n\r\nbody");
      if (whole) {
        secure.close();
      }
    });
    Endpoint to = TestBackend.endpoint("https", "127.0.0.1", backend.port());
    Caller caller = caller(backend, to, TestTls.trusting(), Tricks.ON);
    assertThat(caller.call(Caller.get("/whole")).body()).isEqualTo("body");
    Caller.Answer half = caller.call(Caller.get("/half"));
    assertThat(half.cut()).isInstanceOf(BrokenAnswer.class);
  }
}
