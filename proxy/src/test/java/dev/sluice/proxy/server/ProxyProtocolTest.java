package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.Engine;
import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.fixture.TestTls;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.RequestFlags;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients behind a proxy that says whom it speaks for.
@Timeout(60)
class ProxyProtocolTest {
  private static final String LINE = "PROXY TCP4 192.0.2.10 192.0.2.20 40000 8443\r\n";
  private static final String GET = "GET /p HTTP/1.1\r\nHost: h\r\n\r\n";
  private static final byte[] BLOCK =
      HexFormat.of().parseHex("0d0a0d0a000d0a515549540a2121002420010db800000000000000000000000120010db80000000000000000000000029c400050");
  private static TestBackend backend;
  private static GatewayHarness gateway;

  @BeforeAll
  static void start() throws Exception {
    backend = TestBackend.echo();
    gateway = allowing("127.0.0.1/32");
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    backend.close();
  }

  private static GatewayHarness allowing(String networks) throws Exception {
    return gateway(s -> s.with(ListenerFlags.PROXY_ALLOW_CIDRS, List.of(networks)).with(ListenerFlags.PROXY_DENY_CIDRS, List.of("127.0.0.9"))
        .with(ListenerFlags.PROXY_SKIP_CIDRS, List.of("127.0.0.8")));
  }

  private static GatewayHarness gateway(UnaryOperator<GatewaySettings> flags) throws Exception {
    String to = " -> setRequestHeader(\"X-Rule\", \"%s\") -> \"http://127.0.0.1:" + backend.port() + "\"; ";
    return GatewayHarness.start("ten: ClientIP(\"192.0.2.10\")" + to.formatted("ten") + "six: ClientIP(\"2001:db8::1\")" + to.formatted("six")
        + "rest: *" + to.formatted("rest"), s -> flags.apply(s.with(ListenerFlags.ENABLE_PROXY_PROTOCOL, true)
            .with(RequestFlags.FORWARDED_HEADERS, List.of("X-Forwarded-For", "X-Forwarded-Port=auto"))));
  }

  private static String answer(RawClient client) throws IOException {
    String head = client.head();
    assertThat(head).startsWith("HTTP/1.1 200 OK\n");
    return client.body(head);
  }

  @Test
  void theAddressInTheHeaderIsTheClients() throws Exception {
    try (RawClient client = gateway.client()) {
      client.send(LINE + GET);
      assertThat(answer(client)).contains("X-Rule: ten\n", "X-Forwarded-For: 192.0.2.10\n", "X-Forwarded-Port: 8443\n");
      client.send(GET);
      assertThat(answer(client)).contains("X-Rule: ten\n", "X-Forwarded-For: 192.0.2.10\n");
    }
    await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(gateway.log()).contains("192.0.2.10 - - ["));
  }

  @Test
  void version2WithExtensionsAndInPieces() throws Exception {
    try (RawClient client = gateway.client()) {
      for (byte b : BLOCK) {
        client.send(new byte[] {b});
        Thread.yield();
      }
      client.send(GET);
      assertThat(answer(client)).contains("X-Rule: six\n", "X-Forwarded-For: 2001:db8::1\n");
    }
  }

  @Test
  void aLongHeaderFitsToo() throws Exception {
    byte[] fixed = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a21110fa0c000020ac00002149c400050");
    byte[] header = java.util.Arrays.copyOf(fixed, 16 + 4000);
    try (RawClient client = gateway.client()) {
      client.send(java.util.Arrays.copyOf(header, 1000)).send(java.util.Arrays.copyOfRange(header, 1000, header.length)).send(GET);
      assertThat(answer(client)).contains("X-Rule: ten\n");
    }
  }

  @Test
  void healthChecksAndUnknownClientsSpeakForThemselves() throws Exception {
    for (String header : List.of("PROXY UNKNOWN\r\n", "PROXY UNKNOWN 1.2.3.4 5.6.7.8 1 2\r\n", "\r\n\r\n\0\r\nQUIT\n\u0020\0\0\0")) {
      try (RawClient client = gateway.client()) {
        client.send(header + GET);
        assertThat(answer(client)).contains("X-Rule: rest\n", "X-Forwarded-For: 127.0.0.1\n");
      }
    }
  }

  @Test
  void aClientBehindAUnixSocketHasNoAddress() throws Exception {
    try (RawClient client = gateway.client()) {
      client.send("\r\n\r\n\0\r\nQUIT\n!1\0\u00d8/run/x" + "\0".repeat(210)).send(GET);
      assertThat(answer(client)).contains("X-Rule: rest\n").doesNotContain("127.0.0.1\n");
    }
  }

  @Test
  void withoutAHeaderTheyAreClientsLikeOthers() throws Exception {
    try (RawClient client = gateway.client()) {
      client.send("PUT /p HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
      assertThat(answer(client)).contains("X-Rule: rest\n");
    }
    // Nothing fits a header any more after a second.
    try (RawClient client = gateway.client()) {
      client.send("P");
      Thread.sleep(1200);
      client.send("OST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
      assertThat(answer(client)).contains("POST /p HTTP/1.1\n", "X-Rule: rest\n");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "PROXY TCP4 192.0.2.10 192.0.2.20 40000 80\n", "PROXY TCP5 192.0.2.10 192.0.2.20 40000 80\r\n", "PROXYX\r\n",
    "\r\n\r\n\0\r\nQUIT\n\u00ff\u0011\0\0", "\r\n\r\n\0\r\nQUIT\n!\u0011\u00ff\u00ff"
  })
  void brokenHeadersEndTheConnectionWithoutAnAnswer(String header) throws Exception {
    try (RawClient client = gateway.client()) {
      client.send(header + GET);
      assertThat(client.ended()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROXY TCP4 192", "\r\n\r\n\0\r\nQUIT\n!\u0011\0\f1234"})
  void aHeaderThatDoesNotEndInTimeEndsTheConnection(String begin) throws Exception {
    try (RawClient client = gateway.client()) {
      long start = System.nanoTime();
      client.send(begin);
      assertThat(client.ended()).isTrue();
      assertThat(System.nanoTime() - start).isBetween(900_000_000L, 5_000_000_000L);
    }
  }

  @Test
  void whoMayNotSpeakItIsCutOffWhenItDoes() throws Exception {
    for (String from : List.of("127.0.0.9", "127.0.0.7")) {
      for (String header : List.of(LINE, new String(BLOCK, java.nio.charset.StandardCharsets.ISO_8859_1))) {
        try (RawClient client = RawClient.from(from, gateway.address())) {
          client.send(header + GET);
          assertThat(client.ended()).isTrue();
        }
      }
      try (RawClient client = RawClient.from(from, gateway.address())) {
        client.send(GET);
        assertThat(answer(client)).contains("X-Forwarded-For: " + from + "\n");
      }
    }
  }

  @Test
  void nobodyReadsTheHeaderOfASkippedPeer() throws Exception {
    try (RawClient client = RawClient.from("127.0.0.8", gateway.address())) {
      client.send(GET);
      assertThat(answer(client)).contains("X-Forwarded-For: 127.0.0.8\n");
      client.send(LINE + GET);
      assertThat(client.head()).startsWith("HTTP/1.1 400 ");
    }
  }

  @Test
  void aNetworkThatIsNoneKeepsTheGatewayFromStarting() {
    org.assertj.core.api.Assertions.assertThatThrownBy(() -> allowing("127.0.0.1/33"))
        .isInstanceOf(StartProblem.class).hasMessage("-proxy-allow-cidrs: \"127.0.0.1/33\" is no network; write ADDRESS or ADDRESS/BITS");
  }

  @Test
  void theHeaderComesBeforeTls() throws Exception {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (TestBackend echo = TestBackend.echo();
        Engine engine = Engine.before(echo, s -> {
          try {
            return s.withListeners(List.of(
                ListenerSettings.main(free).withTls(TestTls.listener("one")).withProxyProtocol(ProxyPeers.allowing("127.0.0.0/8"))));
          } catch (StartProblem e) {
            throw new IllegalStateException(e);
          }
        })) {
      for (boolean with : new boolean[] {true, false}) {
        try (RawClient socket = engine.client()) {
          if (with) {
            socket.send(LINE);
          }
          RawClient client = socket.over("one.test");
          assertThat(client.get("/secure")).startsWith("HTTP/1.1 200 OK\n").contains("GET /secure ");
          assertThat(client.get("/again")).contains("GET /again ");
        }
      }
      await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(engine.heldBuffers()).as(engine.leaks()).isZero());
    }
  }
}
