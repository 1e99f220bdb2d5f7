package dev.sluice.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.Caller;
import dev.sluice.proxy.fixture.Engine;
import dev.sluice.proxy.fixture.Raw;
import dev.sluice.proxy.fixture.Relay;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.fixture.TestTls;
import dev.sluice.proxy.loop.LoopSelector;
import dev.sluice.proxy.loop.Tricks;
import dev.sluice.proxy.upstream.Upstream.Sent;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.Failure;
import dev.sluice.routes.spi.Failure.Kind;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What [DirectUpstream] does of its own: pools, names, limits. What every path to a backend has in common stands in [Http1Contract].
@Timeout(60)
class DirectUpstreamTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable each : open.reversed()) {
      each.close();
    }
  }

  private TestBackend backend(TestBackend.Script script) throws IOException {
    TestBackend backend = TestBackend.of(script);
    open.add(backend);
    return backend;
  }

  private Caller caller(TestBackend backend, UnaryOperator<UpstreamSettings> change) throws IOException {
    return caller(backend, backend.endpoint(), change, host -> List.of(InetAddress.getByName(host)));
  }

  private Caller caller(TestBackend backend, Endpoint to, UnaryOperator<UpstreamSettings> change, Resolver.Lookup lookup) throws IOException {
    Engine engine = Engine.before(backend, Tricks.ON);
    open.add(engine);
    LoopSelector loop = (LoopSelector) engine.server().anyLoop();
    Upstream upstream = new LoopUpstream(
        loop, new Dialer.OnLoop(loop, engine.scheduler()), new Resolver(Duration.ofMinutes(1), lookup), engine.buffers(), engine.scheduler(),
        change.apply(UpstreamSettings.DEFAULT), Tricks.ON);
    return new Caller(loop, upstream, to);
  }

  @Test
  void theConnectionUsedLastIsUsedNext() throws Exception {
    AtomicInteger next = new AtomicInteger();
    CountDownLatch both = new CountDownLatch(2);
    TestBackend backend = backend(connection -> {
      int number = next.incrementAndGet();
      connection.head();
      both.countDown();
      both.await(10, TimeUnit.SECONDS);
      while (true) {
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n" + number);
        connection.head();
      }
    });
    Caller caller = caller(backend, s -> s);
    Caller.Answer a = caller.begin(Caller.get("/"), null);
    Caller.Answer b = caller.begin(Caller.get("/"), null);
    a.await();
    b.await();
    String first = caller.call(Caller.get("/")).body();
    for (int i = 0; i < 5; i++) {
      assertThat(caller.call(Caller.get("/")).body()).isEqualTo(first);
    }
    assertThat(backend.connections()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aPostIsNotLostToAConnectionWhoseEndWasNotSelectedYet(boolean tls) throws Exception {
    CountDownLatch loopStands = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    AtomicInteger connections = new AtomicInteger();
    TestBackend.Script script = connection -> {
      connection.body(connection.head());
      connection.send(OK);
      if (connections.incrementAndGet() == 1) {
        assertThat(loopStands.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(closed.await(150, TimeUnit.MILLISECONDS)).as("how long it keeps a connection").isFalse();
        connection.shutdownOutput();
        closed.countDown();
      }
      connection.ended();
    };
    TestBackend backend = backend(script);
    Caller caller = caller(tls ? backend.secured() : backend, s -> s.withTls(TestTls.trusting()));
    assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
    Caller.Answer answer = caller.callAfter(() -> {
      loopStands.countDown();
      assertThat(closed).satisfies(c -> assertThat(c.await(10, TimeUnit.SECONDS)).isTrue());
    }, Caller.request("POST", "/", 5), "hello");
    assertThat(answer.body()).isEqualTo("ok");
    assertThat(connections).hasValue(2);
  }

  /// A connection outlives many tables; what called first must not stay as long.
  @Test
  void aKeptConnectionHoldsNothingOfItsCalls() throws Exception {
    TestBackend backend = backend(connection -> {
      connection.head();
      connection.send(OK);
      connection.ended();
    });
    Caller caller = caller(backend, s -> s);
    WeakReference<Object> first = new WeakReference<>(caller.call(Caller.get("/")));
    await().until(() -> {
      System.gc();
      return first.refersTo(null);
    });
    assertThat(backend.open()).isEqualTo(1);
  }

  @Test
  void keepsNoMoreThanItMayAndNotForever() throws Exception {
    CountDownLatch three = new CountDownLatch(3);
    TestBackend backend = backend(connection -> {
      connection.head();
      three.countDown();
      three.await(10, TimeUnit.SECONDS);
      connection.send(OK);
      connection.ended();
    });
    Caller caller = caller(backend, s -> s.withIdle(2, Duration.ofMillis(300)));
    List<Caller.Answer> answers = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      answers.add(caller.begin(Caller.get("/"), null));
    }
    for (Caller.Answer answer : answers) {
      assertThat(answer.await().body()).isEqualTo("ok");
    }
    await().atMost(Duration.ofSeconds(5)).until(() -> backend.open() == 2);
    await().atMost(Duration.ofSeconds(5)).until(() -> backend.open() == 0);
  }

  @Test
  void waitsForAConnectionWithinBounds() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    TestBackend backend = backend(connection -> {
      while (true) {
        connection.head();
        go.await(10, TimeUnit.SECONDS);
        connection.send(OK);
      }
    });
    Caller caller = caller(backend, s -> s.withConnections(1, 1, Duration.ofSeconds(10)));
    Caller.Answer first = caller.begin(Caller.get("/"), null);
    Caller.Answer second = caller.begin(Caller.get("/"), null);
    Caller.Answer third = caller.call(Caller.get("/"));
    assertThat(third.failure()).isEqualTo(Kind.POOL_FULL);
    assertThat(third.sent()).isEqualTo(Sent.NOTHING);
    go.countDown();
    assertThat(first.await().body()).isEqualTo("ok");
    assertThat(second.await().body()).isEqualTo("ok");
    assertThat(backend.connections()).isEqualTo(1);
  }

  @Test
  void waitsForAConnectionNoLongerThanItMay() throws Exception {
    TestBackend backend = backend(Raw::rest);
    Caller caller = caller(backend, s -> s.withConnections(1, 5, Duration.ofMillis(200)));
    Caller.Answer first = caller.begin(Caller.get("/"), null);
    Caller.Answer late = caller.begin(Caller.get("/"), null);
    assertThat(late.await().failure()).isEqualTo(Kind.POOL_FULL);
    Caller.Answer next = caller.begin(Caller.get("/"), null);
    first.cancel(Failure.of(Kind.CLIENT_GONE));
    // Its connection closes, and the one that waits may open another.
    next.cancel(Failure.of(Kind.CLIENT_GONE));
    assertThat(first.callbacks() + next.callbacks()).isZero();
  }

  @Test
  void triesEachAddressInTurn() throws Exception {
    TestBackend backend = backend(connection -> {
      connection.head();
      connection.send(OK);
      connection.ended();
    });
    AtomicInteger asked = new AtomicInteger();
    Caller caller = caller(backend, TestBackend.endpoint("several.test", backend.port()), s -> s, host -> {
      asked.incrementAndGet();
      return List.of(InetAddress.ofLiteral("127.1.2.3"), InetAddress.ofLiteral("::1"), InetAddress.ofLiteral("127.0.0.1"));
    });
    assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
    caller.call(Caller.get("/"));
    assertThat(asked).hasValue(1);
  }

  @Test
  void anUnknownNameIsNoAnswer() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    Caller caller = caller(backend(Raw::rest), TestBackend.endpoint("nowhere.test", 80), s -> s, host -> {
      asked.incrementAndGet();
      throw new UnknownHostException(host);
    });
    Caller.Answer answer = caller.call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.UNRESOLVED);
    assertThat(answer.sent()).isEqualTo(Sent.NOTHING);
    caller.call(Caller.get("/"));
    assertThat(asked).hasValue(2);
  }

  @Test
  void aNameThatIsNotAnsweredInTimeIsATimeout() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Caller caller = caller(backend(Raw::rest), TestBackend.endpoint("slow.test", 80), s -> s, host -> {
      try {
        never.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new UnknownHostException(host);
    });
    assertThat(caller.call(Caller.within(Caller.get("/"), 200, 0, 0)).failure()).isEqualTo(Kind.CONNECT_TIMEOUT);
    never.countDown();
  }

  @Test
  void literalsAreNotAskedFor() throws Exception {
    TestBackend backend = backend(connection -> {
      connection.head();
      connection.send(OK);
    });
    Caller caller = caller(backend, backend.endpoint(), s -> s, host -> {
      throw new AssertionError("asked for " + host);
    });
    assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
  }

  @Test
  void aHostThatDoesNotAnswerIsAConnectTimeout() throws Exception {
    // A listener with a full queue answers no SYN.
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<java.net.Socket> fill = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        java.net.Socket socket = new java.net.Socket();
        fill.add(socket);
        try {
          socket.connect(full.getLocalSocketAddress(), 100);
        } catch (IOException queueFull) {
          break;
        }
      }
      Caller caller = caller(backend(Raw::rest), TestBackend.endpoint("127.0.0.1", full.getLocalPort()), s -> s, host -> List.of());
      Caller.Answer answer = caller.call(Caller.within(Caller.get("/"), 300, 0, 0));
      assertThat(answer.failure()).isEqualTo(Kind.CONNECT_TIMEOUT);
      assertThat(answer.sent()).isEqualTo(Sent.NOTHING);
      for (java.net.Socket socket : fill) {
        socket.close();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a b", "/a\r\nX: 1", "/\0", ""})
  void noTargetEndsALine(String target) throws Exception {
    Caller caller = caller(backend(Raw::rest), s -> s);
    Caller.Answer answer = caller.call(Caller.get(target));
    assertThat(answer.failure()).isEqualTo(Kind.FILTER);
    assertThat(answer.sent()).isEqualTo(Sent.NOTHING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX: 1", "a\nb", "a\0b", "\u010a"})
  void noValueEndsALine(String value) throws Exception {
    TestBackend backend = backend(connection -> {
      String head = connection.head();
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + head.length() + "\r\n\r\n" + head);
    });
    Caller caller = caller(backend, s -> s);
    Caller.Answer answer = caller.call(Caller.with(Caller.get("/"), HttpFields.build().add("X-V", value).asImmutable(), null));
    if (value.equals("\u010a")) {
      // Beyond Latin-1 it goes as UTF-8, never cut to its low byte.
      assertThat(answer.body()).contains("X-V: \u00c4\u008a\n");
    } else {
      assertThat(answer.failure()).isEqualTo(Kind.FILTER);
    }
  }

  private static int nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private Caller caller(TestBackend backend, Endpoint to, UpstreamSettings.Reach reach) throws IOException {
    return caller(backend, to, s -> s.withTls(TestTls.trusting()).withReach(reach), host -> List.of(InetAddress.ofLiteral("127.0.0.1")));
  }

  private static UpstreamSettings.Reach by(String proxy) {
    return new UpstreamSettings.Reach(UpstreamSettings.Protocol.HTTP_1, ForwardProxies.all(proxy), null, null, -1, -1);
  }

  @Test
  void aRefusedConnectionSentNothing() throws Exception {
    int port = nobody();
    Caller.Answer answer = caller(backend(Raw::rest), TestBackend.endpoint("127.0.0.1", port), UpstreamSettings.Reach.PLAIN).call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.REFUSED);
    assertThat(answer.sent()).isEqualTo(Sent.NOTHING);
    assertThat(answer.detail()).contains("127.0.0.1:" + port);
  }

  @Test
  void aUnixSocketThatIsNotThereIsRefused() throws Exception {
    UpstreamSettings.Reach reach = new UpstreamSettings.Reach(
        UpstreamSettings.Protocol.HTTP_1, ForwardProxies.NONE, null, java.nio.file.Path.of("/nonexistent/socket"), -1, -1);
    Caller.Answer answer = caller(backend(Raw::rest), TestBackend.endpoint("somewhere.test", 80), reach).call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.REFUSED);
    assertThat(answer.detail()).startsWith("/nonexistent/socket: ");
  }

  @Test
  void aConnectionComesFromTheLocalAddressChosen() throws Exception {
    java.util.concurrent.BlockingQueue<String> from = new java.util.concurrent.LinkedBlockingQueue<>();
    TestBackend backend = backend(connection -> {
      connection.head();
      from.add(connection.peerAddress());
      connection.send(OK);
    });
    UpstreamSettings.Reach reach = new UpstreamSettings.Reach(
        UpstreamSettings.Protocol.HTTP_1, ForwardProxies.NONE, InetAddress.ofLiteral("127.0.0.7"), null, -1, -1);
    assertThat(caller(backend, backend.endpoint(), reach).call(Caller.get("/")).body()).isEqualTo("ok");
    assertThat(from.take()).isEqualTo("127.0.0.7");
  }

  @Test
  void aForwardProxyIsAskedForTheWholeUrl() throws Exception {
    TestBackend proxy = backend(connection -> {
      String head = connection.head();
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + head.length() + "\r\n\r\n" + head);
    });
    Caller caller = caller(proxy, TestBackend.endpoint("far.test", 8080), by("http://me:p%40ss@127.0.0.1:" + proxy.port()));
    assertThat(caller.call(Caller.get("/a?b")).body())
        .isEqualTo("GET http://backend.test/a?b HTTP/1.1\nHost: backend.test\nProxy-Authorization: Basic bWU6cEBzcw==\n");
  }

  @Test
  void aForwardProxyMakesATunnelForTls() throws Exception {
    TestBackend backend = backend(connection -> {
      connection.head();
      connection.send(OK);
    }).secured();
    try (Relay proxy = Relay.proxy(backend.port())) {
      Caller caller = caller(backend, TestBackend.endpoint("https", "localhost", 8443), by(proxy.url().replace("//", "//me:secret@")));
      assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
      assertThat(proxy.heads()).containsExactly(
          "CONNECT localhost:8443 HTTP/1.1\r\nHost: localhost:8443\r\nProxy-Authorization: Basic bWU6c2VjcmV0\r\n\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 4\r\n\r\nauth", "HTTP/1.1 502 Bad Gateway\r\n\r\n", "nonsense\r\n\r\n"})
  void aProxyThatMakesNoTunnelIsARefusal(String head) throws Exception {
    TestBackend backend = backend(Raw::rest);
    try (Relay proxy = Relay.proxy(backend.port())) {
      proxy.answer(head);
      Caller.Answer answer = caller(backend, TestBackend.endpoint("https", "localhost", 8443), by(proxy.url())).call(Caller.get("/"));
      assertThat(answer.failure()).isEqualTo(Kind.REFUSED);
      assertThat(answer.sent()).isEqualTo(Sent.NOTHING);
      assertThat(answer.detail()).startsWith("proxy 127.0.0.1:").contains("to CONNECT");
    }
  }
}
