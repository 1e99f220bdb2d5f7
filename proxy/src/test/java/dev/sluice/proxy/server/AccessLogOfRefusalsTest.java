package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.flag.ListenerFlags;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The access log has one line for each request, whoever answered it and however far it came.
@Timeout(60)
class AccessLogOfRefusalsTest {
  private static TestBackend backend;
  private static GatewayHarness gateway;

  @BeforeAll
  static void start() throws Exception {
    backend = TestBackend.echo();
    gateway = GatewayHarness.start("all: * -> \"http://127.0.0.1:" + backend.port() + "\";", s -> s
        .with(ListenerFlags.MAX_HEADER_BYTES, 4096)
        .with(ListenerFlags.READ_HEADER_TIMEOUT_SERVER, Duration.ofSeconds(1)));
  }

  @AfterAll
  static void stop() throws IOException {
    gateway.close();
    backend.close();
  }

  /// `/` cuts what is sent into packets.
  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '\0', value = {
    "GET /n1 HTTP/1.1^Host: a^Broken^^ ~ GET /n1 HTTP/1.1 ~ 400",
    "GET /n2 HTTP/1.1^/Host: a^/Broken^^ ~ GET /n2 HTTP/1.1 ~ 400",
    "GET /n3/ HTTP/1.1^Ho/st: a^X: 1^Brok/en^^ ~ GET /n3 HTTP/1.1 ~ 400",
    "GET /n4 HTTP/1.1^Host: a^X : 1^^ ~ GET /n4 HTTP/1.1 ~ 400",
    "GET /n5 HTTP/1.1^Host: a^Host: b^^ ~ GET /n5 HTTP/1.1 ~ 400",
    "GET /n6 HTTP/1.1^^ ~ GET /n6 HTTP/1.1 ~ 400",
    "GET /n7 HTTP/1.1^Host: a b^^ ~ GET /n7 HTTP/1.1 ~ 400",
    "GET /n8 HTTP/1.1^Host: a^Expect: banana^^ ~ GET /n8 HTTP/1.1 ~ 417",
    "GET /n9 HTTP/2.0^Host: a^^ ~ GET /n9 HTTP/2.0 ~ 505",
    "GET /n10^^ ~ GET /n10 - ~ 400",
    "POST /n11 HTTP/1.1^Host: a^Transfer-Encoding: gzip^^ ~ POST /n11 HTTP/1.1 ~ 501",
    "POST /n12 HTTP/1.1^Host: a^Content-Length: 1^Content-Length: 2^^ ~ POST /n12 HTTP/1.1 ~ 400",
    "CONNECT n13:80 HTTP/1.1^Host: n13:80^^ ~ CONNECT n13:80 HTTP/1.1 ~ 405",
    "POST /n14 HTTP/1.1^Host: a^Transfer-Encoding: chunked^^zz^^ ~ POST /n14 HTTP/1.1 ~ 400",
    "POST /n15 HTTP/1.1^Host: a^Transfer-Encoding: chunked^^5^hello^/zz^^ ~ POST /n15 HTTP/1.1 ~ 400",
    "GET /n16% HTTP/1.1^Host: a^^ ~ GET /n16% HTTP/1.1 ~ 400",
    "GET /n17?% HTTP/1.1^Host: a^^ ~ GET /n17?% HTTP/1.1 ~ 400",
    "GET /n18 HTTP/1.1^Host: a^X: y ~ GET /n18 HTTP/1.1 ~ 408",
    "GET /n19 ~ GET /n19 - ~ 408",
    "OPTIONS * HTTP/1.1^Host: n20^^ ~ OPTIONS * HTTP/1.1 ~ 200",
  })
  void hasOneLineForEach(String sent, String line, int status) throws Exception {
    String name = line.replaceAll(".*?(n[0-9]+|\\*).*", "$1");
    try (RawClient client = gateway.client()) {
      for (String packet : packets(sent)) {
        client.send(packet.replace("^", "\r\n"));
        Thread.sleep(5);
      }
      assertThat(client.head()).startsWith("HTTP/1.1 " + status + " ");
    }
    try (RawClient client = gateway.client()) {
      client.get("/end-" + name);
    }
    await().atMost(Duration.ofSeconds(5)).until(() -> gateway.log().contains("/end-" + name));
    List<String> lines = gateway.log().lines().filter(l -> l.contains(name + " ") || l.contains(name + "\"") || l.contains(name + "%") || l.contains(name + "?")
        || l.contains(name + ":")).filter(l -> l.contains("] \"") && !l.contains("/end-")).toList();
    assertThat(lines).singleElement().asString().startsWith("127.0.0.1 - - [").contains("] \"" + line + "\" " + status + " ");
  }

  @org.junit.jupiter.api.Test
  void queriesThatCannotBeParsedAreLoggedWithoutThem() throws Exception {
    assertThat(gateway.get("/odd?secret=%zz")).startsWith("HTTP/1.1 400 ");
    assertThat(gateway.log()).containsPattern("(?m)info: Invalid query: 127.0.0.1:\\d+ -> gateway.test /odd GET$");
  }

  private static List<String> packets(String sent) {
    String marked = sent.replaceFirst(" /n", " @n");
    return java.util.Arrays.stream(marked.replace("HTTP/", "HTTP@").split("/")).map(packet -> packet.replace("@", "/")).toList();
  }
}
