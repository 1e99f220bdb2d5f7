package dev.sluice.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.FastCgiBackend;
import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Routes to `fastcgi://` backends, with an application that sends the records it is told.
@Timeout(60)
class FastCgiBackendTest {
  private TestBackend backend;
  private GatewayHarness gateway;

  private void start(String filters, FastCgiBackend.Script script) throws Exception {
    backend = FastCgiBackend.of(script);
    gateway = GatewayHarness.start("r: * -> " + filters + "\"fastcgi://127.0.0.1:" + backend.port() + "\";");
  }

  @AfterEach
  void close() throws Exception {
    if (gateway != null) {
      gateway.close();
      backend.close();
    }
  }

  private String request(String text) throws IOException {
    try (RawClient client = gateway.client()) {
      client.send(text);
      String head = client.head();
      return head + "\n" + (text.startsWith("HEAD") ? "" : client.body(head));
    } catch (IOException e) {
      throw new IOException(text + "\n" + gateway.log(), e);
    }
  }

  private String get() throws IOException {
    return request("GET / HTTP/1.1\r\nHost: a.test\r\n\r\n");
  }

  private Map<String, String> params(String filters, String request) throws Exception {
    BlockingQueue<Map<String, String>> seen = new LinkedBlockingQueue<>();
    start(filters, cgi -> {
      seen.add(new LinkedHashMap<>(cgi.params()));
      seen.add(Map.of("body", cgi.body()));
      cgi.out("Content-Type: text/plain\r\n\r\nok").end();
    });
    assertThat(request(request)).startsWith("HTTP/1.1 200").endsWith("\nok");
    Map<String, String> params = seen.take();
    params.putAll(seen.take());
    return params;
  }

  @Test
  void theApplicationIsToldAllOfTheRequest() throws Exception {
    Map<String, String> params = params("", "POST /app/page.php?a=b%20c HTTP/1.1\r\nHost: shop.test\r\nX-One: 1\r\nX-One: 2\r\n"
        + "Content-Type: text/x\r\nContent-Length: 5\r\nProxy: http://evil.test\r\nProxy_: x\r\n\r\nhello");
    assertThat(params)
        .containsEntry("REQUEST_METHOD", "POST")
        .containsEntry("REQUEST_URI", "/app/page.php?a=b%20c")
        .containsEntry("QUERY_STRING", "a=b%20c")
        .containsEntry("SCRIPT_FILENAME", "app/page.php")
        .containsEntry("SCRIPT_NAME", "/page.php")
        .containsEntry("DOCUMENT_ROOT", "app")
        .containsEntry("DOCUMENT_URI", "/app/page.php")
        .containsEntry("CONTENT_TYPE", "text/x")
        .containsEntry("CONTENT_LENGTH", "5")
        .containsEntry("GATEWAY_INTERFACE", "CGI/1.1")
        .containsEntry("SERVER_PROTOCOL", "HTTP/1.1")
        .containsEntry("SERVER_SOFTWARE", "Sluice")
        .containsEntry("SERVER_NAME", "127.0.0.1")
        .containsEntry("SERVER_PORT", Integer.toString(backend.port()))
        .containsEntry("HTTP_HOST", "127.0.0.1")
        .containsEntry("REMOTE_ADDR", "127.0.0.1")
        .containsEntry("REDIRECT_STATUS", "200")
        .containsEntry("HTTP_X_ONE", "1, 2")
        .containsEntry("body", "hello")
        .doesNotContainKeys("HTTP_PROXY", "HTTPS", "HTTP_CONTENT_TYPE", "HTTP_CONTENT_LENGTH");
    assertThat(Integer.parseInt(params.get("REMOTE_PORT"))).isPositive();
  }

  @Test
  void theScriptIsIndexPhpForTheRoot() throws Exception {
    assertThat(params("", "GET / HTTP/1.1\r\nHost: a.test\r\n\r\n"))
        .containsEntry("SCRIPT_FILENAME", "index.php").containsEntry("SCRIPT_NAME", "/index.php").containsEntry("DOCUMENT_ROOT", ".")
        .containsEntry("CONTENT_LENGTH", "").containsEntry("body", "");
  }

  @Test
  void theScriptIsWhatTheFilterSays() throws Exception {
    assertThat(params("preserveHost(\"true\") -> setFastCgiFilename(\"/var/www/front.php\") -> ", "GET /x HTTP/1.1\r\nHost: a.test:81\r\n\r\n"))
        .containsEntry("SCRIPT_FILENAME", "/var/www/front.php").containsEntry("SCRIPT_NAME", "/front.php")
        .containsEntry("DOCUMENT_ROOT", "/var/www").containsEntry("SERVER_NAME", "a.test").containsEntry("SERVER_PORT", "81");
  }

  @Test
  void aChunkedBodyAndALongHeadGoThrough() throws Exception {
    String body = "0123456789".repeat(20_000);
    Map<String, String> params = params("", "POST / HTTP/1.1\r\nHost: a.test\r\nX-Long: " + "v".repeat(100_000)
        + "\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
    assertThat(params).containsEntry("body", body).containsEntry("CONTENT_LENGTH", "");
    assertThat(params.get("HTTP_X_LONG")).hasSize(100_000);
  }

  @Test
  void answersAreThoseOfCgi() throws Exception {
    String body = "b".repeat(200_000);
    start("", cgi -> {
      cgi.body();
      switch (cgi.params().get("SCRIPT_FILENAME")) {
        case "status" -> cgi.out("Status: 404 Not Here\r\nContent-Type: text/plain\r\nX-Y: z\r\n\r\nno").end();
        case "redirect" -> cgi.out("Location: /there\r\n\r\n").end();
        case "long" -> cgi.out("Content-Type: text/plain\nContent-Length: 200000\n\n").out(body).end();
        case "pieces" -> cgi.out("Content-").out("Type: a/b\r\n\r").out("\none").complain("a notice").out("two").end();
        default -> cgi.out("Status: 204 No Content\r\n\r\n").end();
      }
    });
    assertThat(request("GET /status HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 404").contains("\nX-Y: z\n").endsWith("\nno");
    assertThat(request("GET /redirect HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 302").contains("\nLocation: /there\n");
    assertThat(request("GET /long HTTP/1.1\r\nHost: a\r\n\r\n")).contains("\nContent-Length: 200000\n").endsWith("\n" + body);
    assertThat(request("GET /pieces HTTP/1.1\r\nHost: a\r\n\r\n")).endsWith("\nonetwo");
    assertThat(request("HEAD /long HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).contains("\nContent-Length: 200000\n");
    assertThat(get()).startsWith("HTTP/1.1 204");
    await().atMost(Duration.ofSeconds(5)).until(() -> gateway.log().contains("a notice"));
    await().atMost(Duration.ofSeconds(5)).until(() -> backend.open() == 0);
  }

  @Test
  void anUnknownScriptIsA404() throws Exception {
    start("", cgi -> cgi.complain("Primary script unknown").out("Status: 404 Not Found\r\nContent-Type: text/html\r\n\r\nFile not found.\n").end());
    assertThat(get()).startsWith("HTTP/1.1 404").endsWith("\nNot Found");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense\r\n\r\n", "X: 1\r\n\r\n", "Status: 2OO\r\n\r\n", "Status: 99\r\n\r\n", "A b: c\r\n\r\n", "\r\n\r\n",
      "Content-Type: a\0b\r\n\r\n", "Content-Type: a/b\r\nContent-Length: x\r\n\r\n", "Content-Type: a/b\r\n"})
  void aMalformedHeadIsA502(String head) throws Exception {
    start("", cgi -> cgi.out(head).end());
    assertThat(get()).startsWith("HTTP/1.1 502");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void arefusedRequestIsA502(int protocolStatus) throws Exception {
    start("", cgi -> cgi.end(protocolStatus));
    assertThat(get()).startsWith("HTTP/1.1 502");
  }

  @Test
  void whatIsNoFastCgiIsA502() throws Exception {
    start("", cgi -> cgi.raw().send("HTTP/1.1 200 OK\r\n\r\n"));
    assertThat(get()).startsWith("HTTP/1.1 502");
  }

  @Test
  void nobodyThereIsA502() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (GatewayHarness alone = GatewayHarness.start("r: * -> \"fastcgi://127.0.0.1:" + port + "\";")) {
      assertThat(alone.get("/")).startsWith("HTTP/1.1 502");
    }
  }

  @Test
  void anAnswerThatBreaksOffAtAnyByteIsNeverWhole() throws Exception {
    byte[] head = "Content-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    byte[] answer = java.nio.ByteBuffer.allocate(8 + head.length)
        .put((byte) 1).put((byte) 6).putShort((short) 1).putShort((short) head.length).putShort((short) 0).put(head).array();
    AtomicLong cut = new AtomicLong();
    start("", cgi -> {
      cgi.body();
      cgi.raw().send(java.util.Arrays.copyOf(answer, (int) cut.get()));
      if (cut.get() % 2 == 1) {
        cgi.raw().reset();
      }
    });
    for (int i = 0; i <= answer.length; i++) {
      cut.set(i);
      try (RawClient client = gateway.client()) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        String all = client.rest();
        // All of the body without the record that ends the request is not whole either.
        assertThat(all.startsWith("HTTP/1.1 502") || all.startsWith("HTTP/1.1 200") && all.endsWith("\r\n\r\nhello".substring(0, 4))
            || all.startsWith("HTTP/1.1 200") && !all.endsWith("hello") || all.isEmpty() || i == answer.length).as("%d: %s", i, all).isTrue();
      } catch (java.net.SocketTimeoutException e) {
        throw new AssertionError("no end after " + i + " bytes", e);
      }
    }
  }

  @Test
  void theBodyIsReadNoFasterThanTheApplicationTakesIt() throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    start("", cgi -> {
      go.await(20, TimeUnit.SECONDS);
      String body = cgi.body();
      cgi.out("Content-Type: a/b\r\n\r\n" + body.length()).end();
    });
    int size = 24 << 20;
    AtomicLong sent = new AtomicLong();
    try (RawClient client = gateway.client()) {
      Thread sending = Thread.ofVirtual().start(() -> {
        try {
          client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + size + "\r\n\r\n");
          byte[] piece = new byte[65536];
          for (int i = 0; i < size; i += piece.length) {
            client.send(piece);
            sent.addAndGet(piece.length);
          }
        } catch (IOException e) {
          sent.set(-1);
        }
      });
      AtomicLong before = new AtomicLong(-1);
      await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(200)).until(() -> sent.get() > 0 && before.getAndSet(sent.get()) == sent.get());
      assertThat(sent.get()).isLessThan(size);
      go.countDown();
      String head = client.head();
      assertThat(client.body(head)).isEqualTo(Integer.toString(size));
      sending.join();
    }
  }
}
