package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.RequestFlags;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// More than one listener, Unix sockets, and limits of connections.
@Timeout(60)
class ListenersTest {
  private static final String GET = "GET /p HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n";

  @TempDir
  private Path folder;

  private static String overUnix(Path socket) throws IOException {
    try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
      client.write(ByteBuffer.wrap(GET.getBytes(StandardCharsets.US_ASCII)));
      ByteBuffer answer = ByteBuffer.allocate(8192);
      while (client.read(answer) >= 0) {
        // until it is closed
      }
      return new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
    }
  }

  private GatewayHarness listening(Path socket, String routes) throws Exception {
    return GatewayHarness.start(routes, s -> s.with(ListenerFlags.ADDRESS, "unix:" + socket));
  }

  @Test
  void aUnixSocketServesAndIsRemovedAtTheEnd() throws Exception {
    Path socket = folder.resolve("s");
    try (TestBackend backend = TestBackend.echo()) {
      try (GatewayHarness gateway = GatewayHarness.start("""
          peer: ClientIP("0.0.0.0/0") -> status(299) -> <shunt>;
          all: * -> "http://127.0.0.1:%d";""".formatted(backend.port()), s -> s.with(ListenerFlags.ADDRESS, "unix:" + socket)
              .with(RequestFlags.FORWARDED_HEADERS, List.of("X-Forwarded-For", "X-Forwarded-Port=auto", "X-Forwarded-Proto=auto")))) {
        assertThat(Files.getPosixFilePermissions(socket)).isEqualTo(PosixFilePermissions.fromString("rw-rw----"));
        assertThat(overUnix(socket)).startsWith("HTTP/1.1 200 OK\r\n").contains("GET /p HTTP/1.1\n", "X-Forwarded-Proto: http\n").doesNotContain("X-Forwarded-For", "X-Forwarded-Port");
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(gateway.log()).contains("- - - [", "\"GET /p HTTP/1.1\" 200 "));
      }
    }
    assertThat(socket).doesNotExist();
  }

  @Test
  void aSocketThatWasLeftBehindIsReplacedAndNothingElse() throws Exception {
    Path socket = folder.resolve("s");
    try (var left = java.nio.channels.ServerSocketChannel.open(java.net.StandardProtocolFamily.UNIX)) {
      left.bind(UnixDomainSocketAddress.of(socket));
    }
    assertThat(Files.exists(socket)).isTrue();
    try (GatewayHarness gateway = listening(socket, "all: * -> status(204) -> <shunt>;")) {
      assertThat(overUnix(socket)).startsWith("HTTP/1.1 204 ");
      assertThatThrownBy(() -> listening(socket, "all: * -> <shunt>;")).isInstanceOf(StartProblem.class)
          .hasMessageContaining("another process listens there");
      assertThat(overUnix(socket)).startsWith("HTTP/1.1 204 ");
    }
    Path file = Files.writeString(folder.resolve("file"), "precious");
    assertThatThrownBy(() -> listening(file, "all: * -> <shunt>;")).isInstanceOf(StartProblem.class)
        .hasMessageContaining("there is a file of that name, which is no socket");
    assertThat(file).hasContent("precious");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', value = {
    "unix:@name ~ -address: \"unix:@name\": abstract sockets cannot be opened from Java; write unix:/PATH",
    "unix: ~ -address: \"unix:\" is no address; write unix:/PATH with at most 107 bytes of path",
    "nowhere ~ -address: \"nowhere\" is no address; write HOST:PORT or :PORT"
  })
  void addressesThatAreNone(String address, String message) {
    assertThatThrownBy(() -> GatewayHarness.start("all: * -> <shunt>;", s -> s.with(ListenerFlags.ADDRESS, address)))
        .isInstanceOf(StartProblem.class).hasMessage(message);
  }

  @Test
  void routesSeeByWhichListenerARequestCame() throws Exception {
    Path socket = folder.resolve("inside");
    String routes = """
        main: Listener("main") -> inlineContent("main") -> <shunt>;
        inside: Listener("inside", "other") -> inlineContent("inside") -> <shunt>;
        far: Listener("far") -> inlineContent("far") -> <shunt>;
        bad: Listener("nowhere") -> <shunt>;""";
    Map<String, Object> listeners = Map.of(
        "inside", Map.of("address", "unix:" + socket), "other", Map.of("address", "127.0.0.1:0"),
        "far", Map.of("address", "127.0.0.1:0", "allowCidrs", List.of("127.0.0.2")));
    try (GatewayHarness gateway = GatewayHarness.start(routes, s -> s.with(ListenerFlags.LISTENERS, new java.util.TreeMap<>(listeners)))) {
      assertThat(gateway.get("/")).endsWith("\n\nmain");
      assertThat(overUnix(socket)).endsWith("inside");
      var addresses = gateway.gateway().addresses();
      try (RawClient client = RawClient.connect(addresses.get(2))) {
        assertThat(client.get("/")).endsWith("\n\ninside");
      }
      try (RawClient client = RawClient.from("127.0.0.2", addresses.get(1))) {
        assertThat(client.get("/")).endsWith("\n\nfar");
      }
      try (RawClient client = RawClient.connect(addresses.get(1))) {
        assertThat(client.ended()).isTrue();
      }
      assertThat(gateway.log()).contains("there is no listener \"nowhere\"");
    }
  }

  @Test
  void aListenerHasTimesAndOptionsOfItsOwn() throws Exception {
    Map<String, Object> own = new java.util.HashMap<>(Map.of("address", "127.0.0.1:0", "idleTimeout", "300ms", "readTimeout", "300ms", "noDelay", false, "keepAlive", true));
    own.putAll(Map.of("backlog", 5, "receiveBuffer", 65536, "sendBuffer", 65536, "linger", 1, "reusePort", true, "maxConnections", 9));
    own.put("protocols", List.of("http/1.1"));
    try (GatewayHarness gateway = GatewayHarness.start("all: * -> status(204) -> <shunt>;", s -> s.with(ListenerFlags.LISTENERS, Map.of("own", own)));
        RawClient client = RawClient.connect(gateway.gateway().addresses().getLast());
        RawClient main = gateway.client()) {
      client.get("/");
      main.get("/");
      assertThat(client.ended()).isTrue();
      assertThat(main.get("/")).startsWith("HTTP/1.1 204 ");
      try (RawClient slow = RawClient.connect(gateway.gateway().addresses().getLast())) {
        slow.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nx");
        assertThat(slow.head()).startsWith("HTTP/1.1 408 ");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '\0', value = {
    "main ~ address ~ :1 ~ -listeners: the name \"main\" is taken; give the listener another one",
    "a ~ adress ~ :1 ~ -listeners: a: there is no setting adress here; known are address, allowCidrs, altSvc, backlog, idleTimeout, keepAlive, linger, "
        + "maxConnections, noDelay, protocols, readHeaderTimeout, readTimeout, receiveBuffer, reusePort, sendBuffer, tls, writeTimeout",
    "a ~ backlog ~ -1 ~ -listeners: a: backlog must be a whole number from 0",
    "a ~ idleTimeout ~ soon ~ -listeners: a: idleTimeout must be a duration such as 1m30s",
    "a ~ protocols ~ h3 ~ -listeners: a: protocol \"h3\" is not available here; write http/1.1, h2 or h2c",
    "a ~ tls ~ yes ~ -listeners: a: tls: write {name: value, …}",
    "a ~ address ~ x ~ -listeners: a: address: \"x\" is no address; write HOST:PORT or :PORT"
  })
  void settingsThatAreWrong(String name, String key, String value, String message) {
    assertThatThrownBy(() -> GatewayHarness.start("all: * -> <shunt>;", s -> s.with(ListenerFlags.LISTENERS, Map.of(name, Map.of(key, value)))))
        .isInstanceOf(StartProblem.class).hasMessage(message);
  }

  @Test
  void furtherConnectionsWaitAndTheNewestIsServedFirst() throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("all: * -> status(204) -> <shunt>;", s -> s
        .with(ListenerFlags.ENABLE_TCP_QUEUE, true)
        .with(ListenerFlags.MAX_TCP_LISTENER_CONCURRENCY, 1)
        .with(ListenerFlags.MAX_TCP_LISTENER_QUEUE, 2))) {
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        RawClient client = gateway.client();
        clients.add(client);
        if (i == 0) {
          assertThat(client.get("/")).startsWith("HTTP/1.1 204 ");
        } else {
          client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        }
      }
      // The second one had waited longest when the fourth came.
      assertThat(clients.get(1).ended()).isTrue();
      clients.get(0).close();
      assertThat(clients.get(3).head()).startsWith("HTTP/1.1 204 ");
      clients.get(2).timeout(200);
      assertThatThrownBy(clients.get(2)::head).isInstanceOf(java.net.SocketTimeoutException.class);
      clients.get(3).close();
      assertThat(clients.get(2).timeout(10_000).head()).startsWith("HTTP/1.1 204 ");
      clients.get(2).close();
      assertThat(gateway.get("/")).startsWith("HTTP/1.1 204 ");
    }
  }

  @Test
  void whatBecomesOfConnectionsIsCounted() throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("all: * -> status(204) -> <shunt>;", s -> s
        .with(ListenerFlags.ENABLE_CONNECTION_METRICS, true)
        .with(ListenerFlags.KEEPALIVE_REQUESTS_SERVER, 2)
        .with(ListenerFlags.SUPPORT_LISTENER, "127.0.0.1:0"))) {
      try (RawClient client = gateway.client()) {
        client.get("/");
        client.get("/");
        assertThat(client.ended()).isTrue();
      }
      await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
        try (RawClient scrape = RawClient.connect(java.util.Objects.requireNonNull(gateway.gateway().adminAddress()))) {
          assertThat(scrape.get("/metrics/lb-conn")).contains("lb-conn-new\":{\"count\":1}", "lb-conn-active\":{\"count\":2}", "lb-conn-idle\":{\"count\":1}",
              "lb-conn-closed\":{\"count\":1}", "lb-conn-closed.keepalive-requests\":{\"count\":1}");
        }
      });
    }
  }

  @Test
  void whoWaitsTooLongIsClosed() throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("all: * -> status(204) -> <shunt>;", s -> s
        .with(ListenerFlags.ENABLE_TCP_QUEUE, true)
        .with(ListenerFlags.MAX_TCP_LISTENER_CONCURRENCY, 1)
        .with(ListenerFlags.READ_HEADER_TIMEOUT_SERVER, Duration.ofMillis(400)));
        RawClient first = gateway.client()) {
      first.get("/");
      try (RawClient second = gateway.client()) {
        second.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        long begin = System.nanoTime();
        assertThat(second.ended()).isTrue();
        assertThat(System.nanoTime() - begin).isBetween(300_000_000L, 3_000_000_000L);
      }
      first.close();
      assertThat(gateway.get("/")).startsWith("HTTP/1.1 204 ");
    }
  }

  @Test
  void manyShortConnectionsLeaveNoPlaceTaken() throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("all: * -> status(204) -> <shunt>;", s -> s
        .with(ListenerFlags.ENABLE_TCP_QUEUE, true)
        .with(ListenerFlags.MAX_TCP_LISTENER_CONCURRENCY, 4)
        .with(ListenerFlags.MAX_TCP_LISTENER_QUEUE, 1000))) {
      for (int i = 0; i < 200; i++) {
        switch (i % 3) {
          case 0 -> gateway.client().close();
          case 1 -> gateway.client().send("GET / HT").reset();
          default -> assertThat(gateway.get("/")).startsWith("HTTP/1.1 204 ");
        }
      }
      assertThat(gateway.get("/")).startsWith("HTTP/1.1 204 ");
    }
  }
}
