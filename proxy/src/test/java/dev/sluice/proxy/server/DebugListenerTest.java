package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.flag.ListenerFlags;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// `-debug-listener` tells what would be sent, and sends nothing.
@Timeout(60)
class DebugListenerTest {
  private static TestBackend backend;
  private static GatewayHarness gateway;

  @BeforeAll
  static void start() throws Exception {
    backend = TestBackend.echo();
    String to = "\"http://127.0.0.1:" + backend.port() + "\";";
    gateway = GatewayHarness.start("""
        a: Path("/a") && Cookie("c", "<") -> setPath("/b c") -> setRequestHeader("X-F", "1") -> setResponseHeader("X-R", "2") ->\s""" + to + """
        up: Path("/up") -> sedRequest("l", "L") -> status(202) ->\s""" + to + """
        dead: Path("/dead") -> "http://127.0.0.1:1";
        inline: Path("/inline") -> wrapContent("<", ">") -> inlineContent("hello") -> <shunt>;
        loop: Path("/loop") -> setPath("/inline") -> <loopback>;
        none: Path("/none") -> <dynamic>;
        group: Path("/group") -> <roundRobin, "http://127.0.0.1:1", "http://127.0.0.1:1">;
        """, s -> s.with(ListenerFlags.DEBUG_LISTENER, "127.0.0.1:0"));
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    backend.close();
  }

  private static String send(String request) throws IOException {
    try (RawClient client = RawClient.connect(gateway.gateway().addresses().getLast())) {
      client.send(request);
      String head = client.head();
      assertThat(head).startsWith("HTTP/1.1 200 OK\n").contains("\nContent-Type: application/json\n");
      String body = client.body(head);
      client.send("GET /inline HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 200 OK\n");
      return body;
    }
  }

  @Test
  void tellsWhatWouldBeSent() throws Exception {
    String json = send("GET /a?q=1 HTTP/1.1\r\nHost: h.test\r\nCookie: c=<\r\nx-two: 1\r\nX-Two: 2\r\n\r\n");
    assertThat(json).startsWith("{\"route_id\":\"a\",\"route\":\"Path(\\\"/a\\\") \\u0026\\u0026 Cookie(\\\"c\\\", \\\"\\u003c\\\") -\\u003e setPath(\\\"/b c\\\")")
        .contains(",\"incoming\":{\"method\":\"GET\",\"uri\":\"/a?q=1\",\"proto\":\"HTTP/1.1\",\"header\":{\"Cookie\":[\"c=\\u003c\"],\"X-Two\":[\"1\",\"2\"]},"
            + "\"host\":\"h.test\",\"remote_address\":\"127.0.0.1:")
        .contains(",\"outgoing\":{\"method\":\"GET\",\"uri\":\"/b%20c?q=1\",\"proto\":\"HTTP/1.1\",\"header\":{\"Cookie\":[\"c=\\u003c\"],"
            + "\"X-F\":[\"1\"],\"X-Two\":[\"1\",\"2\"]},\"host\":\"127.0.0.1:" + backend.port() + "\"}")
        .contains(",\"response_mod\":{\"header\":{\"X-R\":[\"2\"]}}")
        .contains(",\"filters\":[{\"name\":\"setPath\",\"args\":[\"/b c\"]},")
        .endsWith(",\"predicates\":[{\"name\":\"Cookie\",\"args\":[\"c\",\"\\u003c\"]}]}\n");
    assertThat(backend.connections()).isZero();
  }

  @Test
  void showsTheBodyAsItWouldBeSent() throws Exception {
    assertThat(send("POST /up HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"))
        .contains(",\"response_mod\":{\"status\":202},\"request_body\":\"heLLo\",\"filters\":[");
    assertThat(send("POST /dead HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello"))
        .contains("\"uri\":\"/dead\"", ",\"request_body\":\"hello\"").doesNotContain("proxy_error");
    assertThat(backend.connections()).isZero();
  }

  @Test
  void showsAnswersThatFiltersGive() throws Exception {
    String json = send("GET /inline HTTP/1.1\r\nHost: h\r\n\r\n");
    assertThat(json).doesNotContain("\"outgoing\"").contains("\"response_mod\":{\"status\":200,", "\"response_mod_body\":\"\\u003chello\\u003e\"");
    assertThat(send("GET /loop HTTP/1.1\r\nHost: h\r\n\r\n")).startsWith("{\"route_id\":\"inline\"").contains("\"uri\":\"/loop\"");
    assertThat(send("GET /group HTTP/1.1\r\nHost: h\r\n\r\n")).contains("\"host\":\"127.0.0.1:1\"}");
  }

  @Test
  void tellsWhyThereIsNoAnswer() throws Exception {
    assertThat(send("GET /nowhere HTTP/1.1\r\nHost: h\r\n\r\n")).startsWith("{\"incoming\":")
        .contains("\"response_mod\":{\"status\":404,", "\"proxy_error\":\"no-route\"");
    assertThat(send("GET /none HTTP/1.1\r\nHost: h\r\n\r\n")).startsWith("{\"route_id\":\"none\"").contains("\"response_mod\":{\"status\":502,", "\"proxy_error\":\"");
  }

  @Test
  void theMainListenerIsNotAffected() throws Exception {
    assertThat(gateway.get("/inline")).startsWith("HTTP/1.1 200 OK\n").endsWith("<hello>");
  }
}
