package dev.sluice.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.Frames;
import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.Raw;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.RawHttp2;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.LogFlags;
import dev.sluice.proxy.server.GatewaySettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Each kind of failure that a backend can provoke has its own status, its own token in the access log, and its own count in the metrics.
@Timeout(60)
class BackendFailuresTest {
  static Stream<Arguments> failures() {
    return Stream.of(
        row("refused", "http", null, 502, "connect-refused"),
        row("no such name", "http://nowhere.invalid:80", null, 502, "unresolved"),
        row("nobody takes the connection", "full", null, 504, "connect-timeout"),
        row("no TLS at all", "https", connection -> connection.send("HTTP/1.1 400 Bad Request\r\n\r\n"), 502, "tls"),
        row("TLS that says nothing", "https", Raw::rest, 504, "connect-timeout"),
        row("closed before an answer", "http", Raw::head, 502, "backend-closed"),
        row("reset before an answer", "http", connection -> {
          connection.head();
          connection.reset();
        }, 502, "backend-closed"),
        row("closed in the head", "http", connection -> {
          connection.head();
          connection.send("HTTP/1.1 200 OK\r\nX");
        }, 502, "backend-closed"),
        row("garbage", "http", answering("garbage\r\n\r\n"), 502, "backend-protocol"),
        row("a head over the limit", "http", answering("HTTP/1.1 200 OK\r\nX: " + "x".repeat(2 << 20) + "\r\n\r\n"), 502, "backend-protocol"),
        row("a flood of interim answers", "http", answering("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(20)), 502, "backend-protocol"),
        row("no answer", "http", Raw::rest, 504, "header-timeout"),
        row("cut in the body", "http", answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel", true), 200, "backend-closed"),
        row("HTTP/2: reset", "h2c", connection -> {
          Frames frames = Frames.accept(connection);
          frames.reset(frames.request(), 2);
          connection.ended();
        }, 502, "backend-closed"),
        row("HTTP/2: refused", "h2c", connection -> {
          Frames frames = Frames.accept(connection);
          frames.reset(frames.request(), Frames.REFUSED_STREAM);
          connection.ended();
        }, 502, "backend-closed"),
        row("HTTP/2: malformed", "h2c", connection -> {
          Frames frames = Frames.accept(connection);
          frames.headers(frames.request(), true, ":status", "200", "connection", "close");
          connection.ended();
        }, 502, "backend-protocol"),
        row("HTTP/2: no answer", "h2c", connection -> {
          Frames.accept(connection).request();
          connection.rest();
        }, 504, "header-timeout"),
        row("HTTP/2: cut in the body", "h2c", connection -> {
          Frames frames = Frames.accept(connection);
          int stream = frames.request();
          frames.headers(stream, false, ":status", "200", "content-length", "5").data(stream, false, "hel").reset(stream, 2);
          connection.ended();
        }, 200, "backend-closed"));
  }

  private static Arguments row(String name, String scheme, TestBackend.Script script, int status, String token) {
    return Arguments.of(name, scheme, script, status, token);
  }

  private static TestBackend.Script answering(String text) {
    return answering(text, false);
  }

  private static TestBackend.Script answering(String text, boolean close) {
    return connection -> {
      connection.head();
      connection.send(text);
      if (!close) {
        connection.ended();
      }
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void failures(String name, String scheme, TestBackend.Script script, int status, String token) throws Exception {
    try (TestBackend backend = TestBackend.of(script == null ? Raw::rest : script); ServerSocket full = full(); Filler filler = new Filler(full)) {
      String target = scheme.contains("://") ? scheme
          : scheme.equals("full") ? "http://127.0.0.1:" + full.getLocalPort()
          : scheme + "://127.0.0.1:" + (script == null ? nobody() : backend.port());
      try (GatewayHarness gateway = start("r: * -> \"" + target + "\";"); RawClient client = gateway.client()) {
        client.send("GET /it HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n");
        String head = client.head();
        while (head.startsWith("HTTP/1.1 1")) {
          head = client.head();
        }
        assertThat(head).startsWith("HTTP/1.1 " + status);
        client.rest();
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(metric(gateway, token)).isEqualTo(1));
        await().atMost(Duration.ofSeconds(5)).until(() -> gateway.log().contains("\"" + token + "\""));
      }
    }
  }

  @Test
  void noConnectionBecameFree() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          asked.countDown();
          connection.rest();
        });
        GatewayHarness gateway = start("r: * -> backendClient(\"one\") -> \"http://127.0.0.1:" + backend.port() + "\";", settings -> settings
            .with(ListenerFlags.ENABLE_H2C_SERVER, true)
            .with(BackendFlags.BACKEND_CLIENTS, Map.of("one", Map.of("maxConnections", 1)))
            .with(BackendFlags.RESPONSE_HEADER_TIMEOUT_BACKEND, Duration.ofSeconds(50)));
        // Streams of one connection share a loop, and with it the pool.
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      client.get(1, "/first");
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(client.timeout(20_000).get(3, "/second").answer(3).status()).isEqualTo(503);
      counted(gateway, "pool-full", 503);
      assertThat(backend.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"})
  void theClientLeaves(String begun) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          connection.send(begun);
          asked.countDown();
          connection.ended();
        });
        GatewayHarness gateway = start("r: * -> \"http://127.0.0.1:" + backend.port() + "\";", settings -> settings
            .with(BackendFlags.RESPONSE_HEADER_TIMEOUT_BACKEND, Duration.ofSeconds(50)))) {
      try (RawClient client = gateway.client()) {
        client.send("GET /it HTTP/1.1\r\nHost: a.test\r\n\r\n");
        assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
        if (!begun.isEmpty()) {
          assertThat(client.head()).startsWith("HTTP/1.1 200 ");
        }
      }
      counted(gateway, "client-gone", begun.isEmpty() ? 499 : 200);
      await().atMost(Duration.ofSeconds(5)).until(() -> backend.open() == 0);
    }
  }

  @Test
  void anAnswerOverItsTime() throws Exception {
    try (TestBackend backend = TestBackend.of(answering("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel"));
        GatewayHarness gateway = start("r: * -> writeTimeout(\"300ms\") -> \"http://127.0.0.1:" + backend.port() + "\";", settings -> settings);
        RawClient client = gateway.client()) {
      assertThat(client.send("GET /it HTTP/1.1\r\nHost: a.test\r\n\r\n").head()).startsWith("HTTP/1.1 200 ");
      assertThat(client.rest()).isEqualTo("hel");
      counted(gateway, "idle-timeout", 200);
    }
  }

  @ParameterizedTest
  @CsvSource({"'', 504", "'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel', 200"})
  void aCallOverItsTime(String begun, int status) throws Exception {
    try (TestBackend backend = TestBackend.of(answering(begun.translateEscapes()));
        GatewayHarness gateway = start("r: * -> backendTimeout(\"300ms\") -> \"http://127.0.0.1:" + backend.port() + "\";", settings -> settings
            .with(BackendFlags.RESPONSE_HEADER_TIMEOUT_BACKEND, Duration.ofSeconds(50)));
        RawClient client = gateway.client()) {
      assertThat(client.send("GET /it HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n").head()).startsWith("HTTP/1.1 " + status + " ");
      client.rest();
      counted(gateway, "backend-timeout", status);
    }
  }

  private static void counted(GatewayHarness gateway, String token, int status) {
    await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(metric(gateway, token)).isEqualTo(1));
    await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(gateway.log().lines().filter(line -> line.contains("\"" + token + "\"")))
        .singleElement().asString().contains("\"status\":" + status));
  }

  private static GatewayHarness start(String routes) throws Exception {
    return start(routes, settings -> settings);
  }

  private static GatewayHarness start(String routes, UnaryOperator<GatewaySettings> more) throws Exception {
    return GatewayHarness.start(routes, settings -> more.apply(settings
        .with(ListenerFlags.SUPPORT_LISTENER, "127.0.0.1:0")
        .with(LogFlags.ACCESS_LOG_JSON_ENABLED, true)
        .with(BackendFlags.TIMEOUT_BACKEND, Duration.ofMillis(400))
        .with(BackendFlags.TLS_TIMEOUT_BACKEND, Duration.ofMillis(400))
        .with(BackendFlags.RESPONSE_HEADER_TIMEOUT_BACKEND, Duration.ofMillis(400))));
  }

  private static double metric(GatewayHarness gateway, String token) throws Exception {
    int port = gateway.gateway().adminAddress().getPort();
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).header("Accept", "text/plain").build();
    try (HttpClient client = HttpClient.newHttpClient()) {
      String page = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return page.lines().filter(line -> line.startsWith("sluice_") && line.contains("\"" + token + "\"")).mapToDouble(
          line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }
  }

  private static int nobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static ServerSocket full() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  /// Fills a listener's queue: it answers no SYN any more.
  private static final class Filler implements AutoCloseable {
    private final List<Socket> sockets = new ArrayList<>();

    private Filler(ServerSocket full) throws IOException {
      for (int i = 0; i < 4; i++) {
        Socket socket = new Socket();
        sockets.add(socket);
        try {
          socket.connect(full.getLocalSocketAddress(), 50);
        } catch (IOException queueFull) {
          return;
        }
      }
    }

    @Override
    public void close() throws IOException {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }
}
