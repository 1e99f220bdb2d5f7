package dev.sluice.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.Caller;
import dev.sluice.proxy.fixture.Engine;
import dev.sluice.proxy.fixture.Relay;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.fixture.TestTls;
import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.upstream.UpstreamSettings.Protocol;
import dev.sluice.proxy.upstream.UpstreamSettings.Reach;
import dev.sluice.routes.model.Endpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/// Calls of backends that send the bytes they are told, over each path to a backend. At the end of each test no buffer is missing.
@Timeout(60)
abstract class Http1Contract {
  static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  /// What lies between gateway and backend.
  enum Path {
    CLEAR,
    TLS,
    UNIX_SOCKET,
    /// TLS through a forward proxy.
    TUNNEL
  }

  private final Path path;
  private final List<AutoCloseable> open = new ArrayList<>();
  Engine engine;

  Http1Contract(Path path) {
    this.path = path;
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

  Caller caller(TestBackend.Script script) throws IOException {
    return caller(TestBackend.of(script));
  }

  Caller caller(TestBackend backend) throws IOException {
    return caller(backend, backend.endpoint());
  }

  Caller caller(TestBackend backend, Endpoint to) throws IOException {
    boolean tls = path == Path.TLS || path == Path.TUNNEL;
    open.add(tls ? backend.secured() : backend);
    Reach reach = reach(to.port());
    engine = Engine.before(backend, s -> s.withUpstream(s.upstream().withTls(TestTls.trusting()).withReach(reach)));
    open.add(engine);
    EventLoop loop = engine.server().anyLoop();
    return new Caller(loop, engine.server().upstream(loop), TestBackend.endpoint(tls ? "https" : "http", to.host(), to.port()));
  }

  private Reach reach(int port) throws IOException {
    return switch (path) {
      case CLEAR, TLS -> Reach.PLAIN;
      case UNIX_SOCKET -> {
        java.nio.file.Path folder = Files.createTempDirectory("sluice");
        java.nio.file.Path socket = folder.resolve("backend");
        open.add(() -> Files.delete(folder));
        open.add(() -> Files.deleteIfExists(socket));
        open.add(Relay.unix(socket, port));
        yield new Reach(Protocol.HTTP_1, ForwardProxies.NONE, null, socket, -1, -1);
      }
      case TUNNEL -> {
        Relay relay = Relay.proxy(port);
        open.add(relay);
        yield new Reach(Protocol.HTTP_1, ForwardProxies.all(relay.url()), null, null, -1, -1);
      }
    };
  }

  static TestBackend.Script answering(String response) {
    return connection -> {
      while (true) {
        connection.body(connection.head());
        connection.send(response);
      }
    };
  }

  /// Lets the loop take note of what has happened on its sockets.
  void settle() throws Exception {
    CountDownLatch passed = new CountDownLatch(1);
    engine.server().anyLoop().schedule(TimeUnit.MILLISECONDS.toNanos(50), passed::countDown);
    assertThat(passed.await(10, TimeUnit.SECONDS)).isTrue();
  }
}
