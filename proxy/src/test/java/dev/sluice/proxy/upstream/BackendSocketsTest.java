package dev.sluice.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.Caller;
import dev.sluice.proxy.fixture.Engine;
import dev.sluice.proxy.fixture.Raw;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.loop.LoopSelector;
import dev.sluice.proxy.loop.Tricks;
import dev.sluice.proxy.upstream.UpstreamSettings.Sockets;
import dev.sluice.routes.spi.Failure.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import jdk.net.ExtendedSocketOptions;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How sockets to backends are opened, and how many stay open in all.
@Timeout(60)
class BackendSocketsTest {
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

  private LoopSelector loop(Engine engine) {
    return (LoopSelector) engine.server().anyLoop();
  }

  private Engine engine(TestBackend backend) throws IOException {
    Engine engine = Engine.before(backend, Tricks.ON);
    open.add(engine);
    return engine;
  }

  private static Upstream upstream(Engine engine, LoopSelector loop, UpstreamSettings settings, Resolver.Lookup lookup) {
    return new LoopUpstream(
        loop, new Dialer.OnLoop(loop, engine.scheduler()), new Resolver(Duration.ofMinutes(1), lookup), engine.buffers(), engine.scheduler(),
        settings, Tricks.ON);
  }

  @Test
  void theConnectionKeptLongestMakesRoomForOneToAnotherBackend() throws Exception {
    List<TestBackend> backends = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      backends.add(backend(connection -> {
        while (true) {
          connection.head();
          connection.send(OK);
        }
      }));
    }
    Engine engine = engine(backends.getFirst());
    LoopSelector loop = loop(engine);
    Upstream upstream = upstream(engine, loop, UpstreamSettings.DEFAULT.withIdleInAll(2), host -> List.of());
    List<Caller> callers = backends.stream().map(backend -> new Caller(loop, upstream, backend.endpoint())).toList();
    for (int i : new int[] {0, 1, 0, 2}) {
      assertThat(callers.get(i).call(Caller.get("/")).body()).isEqualTo("ok");
    }
    await().atMost(Duration.ofSeconds(5)).until(() -> backends.get(1).open() == 0);
    assertThat(backends.get(0).open() + backends.get(2).open()).isEqualTo(2);
    callers.get(0).call(Caller.get("/"));
    callers.get(1).call(Caller.get("/"));
    assertThat(backends.stream().map(TestBackend::connections)).containsExactly(1, 2, 1);
  }

  @ParameterizedTest
  @CsvSource({"30000, 30", "0, 15", "1, 1", "1500, 2", "-1000000, -1", "99999999999, 32767"})
  void keepAliveIsAskedForAfterTheGivenSilence(long millis, int seconds) throws Exception {
    TestBackend backend = backend(Raw::rest);
    Engine engine = engine(backend);
    LoopSelector loop = loop(engine);
    UpstreamSettings settings = UpstreamSettings.DEFAULT.withSockets(new Sockets(Duration.ofMillis(millis), true));
    CompletableFuture<List<Integer>> found = new CompletableFuture<>();
    loop.execute(() -> new Dialer.OnLoop(loop, engine.scheduler()).dial(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), backend.port()), settings, new Dialer.Dialling() {
          @Override
          public Connection connected(EndPoint endPoint) {
            try {
              SocketChannel channel = (SocketChannel) endPoint.getTransport();
              found.complete(channel.getOption(StandardSocketOptions.SO_KEEPALIVE)
                  ? List.of(channel.getOption(ExtendedSocketOptions.TCP_KEEPIDLE), channel.getOption(ExtendedSocketOptions.TCP_KEEPINTERVAL))
                  : List.of(-1, 15));
            } catch (IOException e) {
              found.completeExceptionally(e);
            }
            throw new IllegalStateException("seen enough");
          }

          @Override
          public void failed(Throwable failure) {
            found.completeExceptionally(failure);
          }
        }));
    assertThat(found.get(10, TimeUnit.SECONDS)).containsExactly(seconds, 15);
  }

  /// One family's listener answers no SYN: its queue is full.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theOtherFamilyOfAddressesNeedNotWaitForTheFirst(boolean race) throws Exception {
    TestBackend backend = backend(connection -> {
      connection.head();
      connection.send(OK);
    });
    InetAddress six = InetAddress.ofLiteral("::1");
    try (ServerSocket full = new ServerSocket(backend.port(), 1, six)) {
      List<Socket> fill = new ArrayList<>();
      open.add(() -> {
        for (Socket socket : fill) {
          socket.close();
        }
      });
      for (int i = 0; i < 4; i++) {
        Socket socket = new Socket();
        fill.add(socket);
        try {
          socket.connect(full.getLocalSocketAddress(), 100);
        } catch (IOException queueFull) {
          break;
        }
      }
      Engine engine = engine(backend);
      LoopSelector loop = loop(engine);
      Upstream upstream = upstream(engine, loop, UpstreamSettings.DEFAULT.withSockets(new Sockets(Duration.ZERO, race)),
          host -> List.of(six, InetAddress.ofLiteral("127.0.0.1")));
      long begin = System.nanoTime();
      Caller.Answer answer = new Caller(loop, upstream, TestBackend.endpoint("both.test", backend.port()))
          .call(Caller.within(Caller.get("/"), 4000, 0, 0));
      assertThat(answer.body()).isEqualTo("ok");
      Duration took = Duration.ofNanos(System.nanoTime() - begin);
      if (race) {
        assertThat(took).isBetween(Duration.ofMillis(300), Duration.ofMillis(1900));
      } else {
        assertThat(took).as("half of the time to connect").isGreaterThanOrEqualTo(Duration.ofMillis(2000));
      }
      await().atMost(Duration.ofSeconds(5)).until(() -> upstream.connections() <= 1);
    }
  }

  @Test
  void whatBothFamiliesRefuseIsRefusedOnce() throws Exception {
    TestBackend backend = backend(Raw::rest);
    int port = backend.port();
    backend.close();
    Engine engine = engine(backend);
    LoopSelector loop = loop(engine);
    Upstream upstream = upstream(engine, loop, UpstreamSettings.DEFAULT,
        host -> List.of(InetAddress.ofLiteral("::1"), InetAddress.ofLiteral("127.0.0.1"), InetAddress.ofLiteral("127.0.0.2")));
    Caller.Answer answer = new Caller(loop, upstream, TestBackend.endpoint("both.test", port)).call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.REFUSED);
    await().atMost(Duration.ofSeconds(5)).until(() -> upstream.connections() == 0);
  }
}
