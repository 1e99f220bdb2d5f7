package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.Engine;
import dev.sluice.proxy.fixture.PerRequest;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.fixture.TestTls;
import dev.sluice.proxy.loop.Tricks;
import dev.sluice.proxy.tls.ServerTls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Clients over TLS, on both sides of a proxy: good ones and bad ones, with each trick on and off.
@Timeout(60)
class TlsListenerTest {
  private static final String ALL = "dev.sluice.proxy.fixture.Engine#tricks";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final InetSocketAddress FREE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  private static Engine before(TestBackend backend, Tricks tricks, boolean halfClose) throws IOException {
    return Engine.before(backend, s -> s.withTricks(tricks).withHalfCloseAllowed(halfClose)
        .withListeners(List.of(ListenerSettings.main(FREE).withTls(TestTls.listener("one", "wild", "rsa")), ListenerSettings.main(FREE)))
        .withUpstream(s.upstream().withTls(TestTls.trusting())));
  }

  private static RawClient client(Engine engine) throws IOException {
    return RawClient.secure(engine.address(), "one.example", null);
  }

  private static void stillWell(Engine engine) throws IOException {
    try (RawClient client = client(engine)) {
      String answer = client.get("/well");
      if (answer.contains("STALE_CONNECTION")) {
        answer = client.get("/well");
      }
      assertThat(answer).startsWith("HTTP/1.1 200 OK\n");
    }
    await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
      assertThat(engine.server().exchanges()).isZero();
      assertThat(engine.heldBuffers()).as(engine.leaks()).isZero();
    });
    assertThat(engine.proxy().offLoop()).isZero();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void requestsPassOverTlsOnBothSides(Tricks tricks) throws Exception {
    String body = "0123456789".repeat(100_000);
    try (TestBackend backend = TestBackend.echo().secured(); Engine engine = before(backend, tricks, false); RawClient client = client(engine)) {
      for (int i = 0; i < 5; i++) {
        assertThat(client.get("/a" + i)).contains("GET /a" + i + " HTTP/1.1\n");
      }
      client.send("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
      assertThat(client.body(client.head())).endsWith(body);
      try (RawClient clear = RawClient.connect(engine.server().addresses().getLast())) {
        assertThat(clear.get("/clear")).contains("GET /clear HTTP/1.1\n");
      }
      stillWell(engine);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void pipelinedRequestsAreAnsweredInOrder(Tricks tricks) throws Exception {
    try (TestBackend backend = TestBackend.echo(); Engine engine = before(backend, tricks, false); RawClient client = client(engine)) {
      for (int i = 0; i < 300; i++) {
        client.send("GET /" + i + " HTTP/1.1\r\nHost: h\r\nX-Fill: " + "x".repeat(i % 97) + "\r\n\r\n");
      }
      for (int i = 0; i < 300; i++) {
        assertThat(client.body(client.head())).startsWith("GET /" + i + " HTTP/1.1\n");
      }
      stillWell(engine);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void requestsComeByteByByte(Tricks tricks) throws Exception {
    try (TestBackend backend = TestBackend.echo(); Engine engine = before(backend, tricks, false); RawClient client = client(engine)) {
      String request = "POST /slow HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
      for (int i = 0; i < request.length(); i++) {
        client.send(request.substring(i, i + 1));
      }
      assertThat(client.body(client.head())).startsWith("POST /slow ").endsWith("abc");
      stillWell(engine);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aClientMayLeaveAtAnyByteOfItsRequest(Tricks tricks) throws Exception {
    String request = "POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    try (TestBackend backend = TestBackend.echo(); Engine engine = before(backend, tricks, false)) {
      for (int i = 0; i <= request.length(); i += 5) {
        try (RawClient client = client(engine)) {
          client.send(request.substring(0, i));
        }
        try (RawClient client = client(engine)) {
          client.send(request.substring(0, i)).shutdownOutput();
          client.rest();
        } catch (IOException reset) {
          // As good an end as any.
        }
      }
      stillWell(engine);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aClientThatLeavesWhileNothingIsReadIsNoticed(Tricks tricks) throws Exception {
    if (!tricks.keptInterest()) {
      return; // Stock Jetty notices nobody.
    }
    CountDownLatch asked = new CountDownLatch(3);
    try (TestBackend backend = TestBackend.of(connection -> {
          if (connection.head().startsWith("GET /well ")) {
            connection.send(OK);
          } else {
            asked.countDown();
          }
          connection.ended();
        });
        Engine engine = before(backend, tricks, false)) {
      RawClient cuts = RawClient.connect(engine.address());
      RawClient resets = RawClient.connect(engine.address());
      RawClient closes = client(engine);
      cuts.over("one.example").send("GET /never HTTP/1.1\r\nHost: h\r\n\r\n");
      resets.over("one.example").send("GET /never HTTP/1.1\r\nHost: h\r\n\r\n");
      closes.send("GET /never HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      cuts.close();
      resets.reset();
      closes.shutdownOutput();
      await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
        assertThat(engine.proxy().departed()).isEqualTo(3);
        assertThat(backend.open()).isZero();
      });
      closes.close();
      stillWell(engine);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aBrokenRecordEndsTheExchangeUnderWay(Tricks tricks) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (TestBackend backend = TestBackend.of(connection -> {
          if (connection.head().startsWith("GET /well ")) {
            connection.send(OK);
          } else {
            asked.countDown();
          }
          connection.ended();
        });
        Engine engine = before(backend, tricks, false);
        RawClient client = RawClient.connect(engine.address())) {
      client.over("one.example").send("GET /never HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      client.send("\u0017\u0003\u0003\u0000\u0020" + "x".repeat(32));
      if (tricks.keptInterest()) {
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(backend.open()).isZero());
        stillWell(engine);
      }
    }
  }

  @Test
  void aClientThatSpeaksNoTlsIsToldSo() throws Exception {
    try (TestBackend backend = TestBackend.echo(); Engine engine = before(backend, Tricks.ON, false)) {
      try (RawClient client = RawClient.connect(engine.address())) {
        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(client.rest()).isEqualTo("HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n");
      }
      try (RawClient client = RawClient.connect(engine.address())) {
        client.send("\u0000\u0001garbage garbage").rest();
      }
      stillWell(engine);
    }
  }

  @Test
  void aHandshakeThatDoesNotEndIsEnded() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        Engine engine = Engine.before(backend, s -> s.withListeners(List.of(ListenerSettings.main(FREE).withTls(TestTls.listener("one"))))
            .withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(200), Duration.ofSeconds(5), Duration.ofSeconds(5)));
        RawClient client = RawClient.connect(engine.address())) {
      client.send("\u0016\u0003\u0001");
      // Two alerts and the end (RFC 8446 §6.1).
      assertThat(client.timeout(3000).rest()).hasSizeLessThan(20);
    }
  }

  @Test
  void theCertificateIsThatOfTheNameAskedFor() throws Exception {
    try (TestBackend backend = TestBackend.echo(); Engine engine = before(backend, Tricks.ON, false)) {
      for (String[] name : new String[][] {{"one.example", "one"}, {"A.two.example", "wild"}, {"rsa.example", "rsa"}, {"other.example", "one"}}) {
        try (RawClient client = RawClient.secure(engine.address(), name[0], null)) {
          assertThat(client.peer()).as(name[0]).isEqualTo(TestTls.identity(name[1]).chain().getFirst());
        }
      }
    }
  }

  @Test
  void certificatesMayBeReplacedWhileConnectionsAreOpen() throws Exception {
    ServerTls tls = TestTls.listener("one");
    try (TestBackend backend = TestBackend.echo();
        Engine engine = Engine.before(backend, s -> s.withListeners(List.of(ListenerSettings.main(FREE).withTls(tls))));
        RawClient before = client(engine)) {
      before.get("/");
      tls.replace(List.of(TestTls.identity("rsa")));
      try (RawClient after = client(engine)) {
        assertThat(after.peer()).isEqualTo(TestTls.identity("rsa").chain().getFirst());
        assertThat(after.get("/")).startsWith("HTTP/1.1 200 ");
      }
      assertThat(before.get("/")).startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aListenerThatDemandsACertificateRefusesOthers() throws Exception {
    ServerTls tls = new ServerTls(List.of(TestTls.identity("one")), ServerTls.ClientAuth.REQUIRE_ANY_CLIENT_CERT, dev.sluice.proxy.tls.TlsProtocol.DEFAULT);
    try (TestBackend backend = TestBackend.echo();
        Engine engine = Engine.before(backend, s -> s.withListeners(List.of(ListenerSettings.main(FREE).withTls(tls))))) {
      try (RawClient client = RawClient.secure(engine.address(), "one.example", "client")) {
        assertThat(client.get("/")).startsWith("HTTP/1.1 200 ");
      }
      assertThatThrownBy(() -> RawClient.secure(engine.address(), "one.example", null).get("/")).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aRequestOverTlsStaysOnItsLoop() throws Exception {
    try (TestBackend backend = TestBackend.answering(OK).secured(); Engine engine = before(backend, Tricks.ON, false); RawClient client = client(engine)) {
      PerRequest cost = PerRequest.measure(engine.server(), 500, () -> {
        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(client.body(client.head())).isEqualTo("ok");
      });
      assertThat(cost.handOffs()).as("%s", cost).isLessThan(0.01);
      assertThat(cost.interestChanges()).as("%s", cost).isLessThan(0.05);
      assertThat(cost.reads()).as("%s", cost).isLessThan(2.1);
      assertThat(cost.writes()).as("%s", cost).isLessThan(2.1);
    }
  }
}
