package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.ListenerFlags;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Each limit of time that operators can set, over raw sockets on both sides. What `docs/guide/timeouts.md` says of them.
@Timeout(60)
class TimeoutsTest {
  private static final Duration SOON = Duration.ofMillis(400);

  private static GatewayHarness gateway(TestBackend backend, String filters, Flag<Duration> flag, Duration limit) throws Exception {
    return GatewayHarness.start("all: * -> " + filters + "\"http://127.0.0.1:" + backend.port() + "\";", s -> s.with(flag, limit));
  }

  private static void within(long begin, long least, long most) {
    assertThat((System.nanoTime() - begin) / 1_000_000).as("milliseconds").isBetween(least, most);
  }

  private static void logged(GatewayHarness gateway, String text) {
    await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(gateway.log()).contains(text));
  }

  /// Sends a byte every 100 ms until the other side has enough.
  private static void trickle(RawClient client) throws IOException {
    try {
      for (int i = 0; i < 100; i++) {
        client.send("x");
        Thread.sleep(100);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    } catch (IOException closed) {
      // That is it.
    }
  }

  @Test
  void aHeadThatComesTooSlowly() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = gateway(backend, "", ListenerFlags.READ_HEADER_TIMEOUT_SERVER, SOON);
        RawClient client = gateway.client();
        RawClient silent = gateway.client()) {
      long begin = System.nanoTime();
      client.send("GET /slow HTTP/1.1\r\nX: ");
      Thread.ofVirtual().start(() -> {
        try {
          trickle(client);
        } catch (IOException e) {
          throw new java.io.UncheckedIOException(e);
        }
      });
      assertThat(client.head()).startsWith("HTTP/1.1 408 ");
      within(begin, 350, 3000);
      logged(gateway, "\"GET /slow HTTP/1.1\" 408 ");
      assertThat(silent.ended()).isTrue();
    }
  }

  @Test
  void aBodyThatComesTooSlowlyAlthoughItComes() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = gateway(backend, "", ListenerFlags.READ_TIMEOUT_SERVER, SOON);
        RawClient client = gateway.client()) {
      long begin = System.nanoTime();
      client.send("POST /slow HTTP/1.1\r\nHost: h\r\nContent-Length: 1000\r\n\r\n");
      trickle(client);
      within(begin, 350, 3000);
      logged(gateway, "request-timeout: route all");
      logged(gateway, "\"POST /slow HTTP/1.1\" 408 ");
    }
  }

  @Test
  void aBodyThatDoesNotCome() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = gateway(backend, "", ListenerFlags.READ_TIMEOUT_SERVER, SOON);
        RawClient client = gateway.client()) {
      long begin = System.nanoTime();
      client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
      assertThat(client.head()).startsWith("HTTP/1.1 408 ");
      within(begin, 350, 3000);
      assertThat(client.rest()).endsWith("Request Timeout\n");
    }
  }

  @Test
  void theFilterReadTimeoutCountsInsteadOfTheFlag() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness longer = gateway(backend, "readTimeout(\"10s\") -> ", ListenerFlags.READ_TIMEOUT_SERVER, SOON);
        GatewayHarness shorter = gateway(backend, "readTimeout(\"400ms\") -> ", ListenerFlags.READ_TIMEOUT_SERVER, Duration.ofSeconds(30));
        RawClient patient = longer.client();
        RawClient client = shorter.client()) {
      patient.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n");
      for (int i = 0; i < 10; i++) {
        patient.send("x");
        Thread.sleep(100);
      }
      assertThat(patient.head()).startsWith("HTTP/1.1 200 ");
      long begin = System.nanoTime();
      client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\nx");
      assertThat(client.head()).startsWith("HTTP/1.1 408 ");
      within(begin, 350, 3000);
    }
  }

  private static TestBackend slowAnswers() throws IOException {
    return TestBackend.of(connection -> {
      connection.head();
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
      for (int i = 0; i < 10; i++) {
        connection.send("x");
        Thread.sleep(100);
      }
      connection.ended();
    });
  }

  @Test
  void anAnswerThatTakesTooLong() throws Exception {
    try (TestBackend backend = slowAnswers();
        GatewayHarness gateway = gateway(backend, "", ListenerFlags.WRITE_TIMEOUT_SERVER, SOON);
        RawClient client = gateway.client()) {
      long begin = System.nanoTime();
      client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 200 ");
      assertThat(client.rest().length()).isLessThan(10);
      within(begin, 350, 3000);
      logged(gateway, "idle-timeout: route all");
    }
  }

  @Test
  void theFilterWriteTimeoutCountsInsteadOfTheFlag() throws Exception {
    try (TestBackend backend = slowAnswers();
        GatewayHarness longer = gateway(backend, "writeTimeout(\"10s\") -> ", ListenerFlags.WRITE_TIMEOUT_SERVER, SOON);
        GatewayHarness shorter = gateway(backend, "writeTimeout(\"400ms\") -> ", ListenerFlags.WRITE_TIMEOUT_SERVER, Duration.ofSeconds(30));
        RawClient patient = longer.client();
        RawClient client = shorter.client()) {
      assertThat(patient.get("/")).endsWith("xxxxxxxxxx");
      client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      client.head();
      assertThat(client.rest().length()).isLessThan(10);
    }
  }

  @Test
  void anAnswerThatNobodyReads() throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          String chunk = "10000\r\n" + "x".repeat(65536) + "\r\n";
          while (true) {
            connection.send(chunk);
          }
        });
        GatewayHarness gateway = gateway(backend, "", ListenerFlags.WRITE_TIMEOUT_SERVER, SOON);
        RawClient client = RawClient.narrow(gateway.address())) {
      client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      client.head();
      assertThat(backend.failure()).isInstanceOf(IOException.class);
    }
  }

  @Test
  void aConnectionWithoutRequests() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = gateway(backend, "", ListenerFlags.IDLE_TIMEOUT_SERVER, SOON);
        RawClient client = gateway.client()) {
      client.get("/");
      long begin = System.nanoTime();
      assertThat(client.ended()).isTrue();
      within(begin, 350, 3000);
    }
  }

  @Test
  void aConnectionThatIsOldOrHasServedEnough() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness old = gateway(backend, "", ListenerFlags.KEEPALIVE_SERVER, SOON);
        GatewayHarness three = GatewayHarness.start("all: * -> status(204) -> <shunt>;", s -> s.with(ListenerFlags.KEEPALIVE_REQUESTS_SERVER, 3));
        RawClient first = old.client();
        RawClient second = three.client()) {
      assertThat(first.get("/")).doesNotContain("Connection: close");
      Thread.sleep(500);
      assertThat(first.get("/")).contains("\nConnection: close\n");
      assertThat(first.ended()).isTrue();
      assertThat(second.get("/") + second.get("/")).doesNotContain("Connection: close");
      assertThat(second.get("/")).contains("\nConnection: close\n");
      assertThat(second.ended()).isTrue();
    }
  }

  @Test
  void aBackendThatCannotBeReached() throws Exception {
    List<Socket> filled = new ArrayList<>();
    try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // Nobody accepts: when the queue is full the system answers to no further connection.
      for (int i = 0; i < 3; i++) {
        Socket socket = new Socket();
        filled.add(socket);
        Thread.ofVirtual().start(() -> {
          try {
            socket.connect(deaf.getLocalSocketAddress());
          } catch (IOException e) {
            // closed at the end
          }
        });
      }
      Thread.sleep(200);
      try (GatewayHarness gateway = GatewayHarness.start("all: * -> \"http://127.0.0.1:" + deaf.getLocalPort() + "\";",
          s -> s.with(BackendFlags.TIMEOUT_BACKEND, SOON))) {
        long begin = System.nanoTime();
        assertThat(gateway.get("/")).startsWith("HTTP/1.1 504 ");
        within(begin, 350, 3000);
        logged(gateway, "connect-timeout: route all");
      }
      try (GatewayHarness gateway = GatewayHarness.start("all: * -> \"http://127.0.0.1:" + deaf.getLocalPort() + "\";",
              s -> s.with(BackendFlags.UPGRADE_DIAL_TIMEOUT, SOON));
          RawClient client = gateway.client()) {
        client.send("GET / HTTP/1.1\r\nHost: h\r\nConnection: upgrade\r\nUpgrade: foo\r\n\r\n");
        assertThat(client.head()).startsWith("HTTP/1.1 504 ");
      }
    } finally {
      for (Socket socket : filled) {
        socket.close();
      }
    }
  }

  @Test
  void aHandshakeThatDoesNotEnd() throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> connection.rest());
        GatewayHarness gateway = GatewayHarness.start("all: * -> \"https://127.0.0.1:" + backend.port() + "\";",
            s -> s.with(BackendFlags.TLS_TIMEOUT_BACKEND, SOON))) {
      long begin = System.nanoTime();
      assertThat(gateway.get("/")).startsWith("HTTP/1.1 504 ");
      within(begin, 350, 3000);
      logged(gateway, "connect-timeout: route all");
    }
  }

  @Test
  void anAnswerThatDoesNotBegin() throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> connection.rest());
        GatewayHarness gateway = gateway(backend, "", BackendFlags.RESPONSE_HEADER_TIMEOUT_BACKEND, SOON);
        GatewayHarness filter = GatewayHarness.start("all: * -> backendTimeout(\"400ms\") -> \"http://127.0.0.1:" + backend.port() + "\";")) {
      long begin = System.nanoTime();
      assertThat(gateway.get("/")).startsWith("HTTP/1.1 504 ");
      within(begin, 350, 3000);
      logged(gateway, "header-timeout: route all");
      assertThat(filter.get("/")).startsWith("HTTP/1.1 504 ");
      logged(filter, "backend-timeout: route all");
    }
  }

  @Test
  void aBackendCallThatDoesNotEnd() throws Exception {
    try (TestBackend backend = slowAnswers();
        GatewayHarness gateway = GatewayHarness.start("all: * -> backendTimeout(\"400ms\") -> \"http://127.0.0.1:" + backend.port() + "\";");
        RawClient client = gateway.client()) {
      client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 200 ");
      assertThat(client.rest().length()).isLessThan(10);
      logged(gateway, "backend-timeout: route all");
    }
  }

  @Test
  void aKeptConnectionToABackend() throws Exception {
    try (TestBackend backend = TestBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        GatewayHarness gateway = gateway(backend, "", BackendFlags.CLOSE_IDLE_CONNS_PERIOD, SOON)) {
      gateway.get("/");
      assertThat(backend.open()).isEqualTo(1);
      await().between(Duration.ofMillis(200), Duration.ofSeconds(5)).until(() -> backend.open() == 0);
    }
  }

  @Test
  void aContinueThatDoesNotCome() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = gateway(backend, "", BackendFlags.EXPECT_CONTINUE_TIMEOUT_BACKEND, SOON);
        RawClient client = gateway.client()) {
      long begin = System.nanoTime();
      client.send("POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 100 ");
      client.send("hello");
      assertThat(client.body(client.head())).endsWith("hello");
      within(begin, 350, 3000);
    }
  }
}
