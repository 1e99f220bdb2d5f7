package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.fixture.Engine;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.loop.Tricks;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.http.HttpCompliance.Violation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What heads are taken and which are refused, byte for byte.
@Timeout(60)
class RequestHeadTest {
  private static final List<RefusedHead> REFUSED = new CopyOnWriteArrayList<>();
  private static TestBackend backend;
  private static Engine engine;

  @BeforeAll
  static void start() throws IOException {
    backend = TestBackend.echo();
    engine = Engine.before(backend, s -> s.withTricks(Tricks.ON).withMaxHeadBytes(4096).withRefusedHeads((head, loop) -> REFUSED.add(head)));
  }

  @AfterAll
  static void stop() throws IOException {
    engine.close();
  }

  @Test
  void complianceIsWhatWeSay() {
    assertThat(LoopServer.HTTP.getAllowed()).containsExactlyInAnyOrder(Violation.MULTIPLE_CONTENT_LENGTHS, Violation.UNSAFE_HOST_HEADER);
    assertThat(LoopServer.URI.getAllowed()).isEmpty();
  }

  private static String send(String bytes) throws IOException {
    try (RawClient client = engine.client()) {
      client.send(bytes);
      String head = client.head();
      return head + "\n" + client.body(head);
    }
  }

  private static String unescape(String text) {
    return text.replace("CRLF", "\r\n").replace("CR", "\r").replace("LF", "\n").replace("TAB", "\t").replace("NUL", "\0").replace("DEL", "\u007f")
        .replace("VT", "\u000b").replace("NBSP", "\u00a0").replace("NEL", "\u0085");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "/", "//", "/a//b", "/..", "/../x", "/a/./b", "/%2e%2e/", "/%25", "/%", "/%zz", "/a|b", "/a^b", "/a;x=1", "/a\\b", "/[x]", "/{x}", "/a\"b", "/?", "/?a=|",
    "/\u00e4", "/%c0%ae", "*", "http://other/x", "http://u@other/x", "other:443", "?q", "x", "/a#b"
  })
  void targetsPassAsTheyCame(String target) throws Exception {
    assertThat(send("GET " + target + " HTTP/1.1\r\nHost: h\r\n\r\n")).contains("\n\nGET " + target + " HTTP/1.1\n");
    // In pieces it is the same.
    try (RawClient client = engine.client()) {
      client.send("GET " + target.substring(0, 1));
      Thread.yield();
      client.send(target.substring(1) + " HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(client.body(client.head())).startsWith("GET " + target + " HTTP/1.1\n");
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '~', quoteCharacter = '\0', ignoreLeadingAndTrailingWhitespace = false, value = {
    "GET / HTTP/1.1CRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: aCRLFHost: aCRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: a bCRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: a/bCRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: a,bCRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: a%00bCRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: u@aCRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost:CRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: [::1CRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: [::1%25eth0]CRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: a:99999CRLFCRLF~400",
    "GET /CRLFHost: aCRLFCRLF~400",
    "GETCRLFHost: aCRLFCRLF~400",
    "GET / HTTP/1.32CRLFHost: aCRLFCRLF~400",
    "GET / HTTP/1CRLFHost: aCRLFCRLF~400",
    "GET / http/1.1CRLFHost: aCRLFCRLF~400",
    "GET / HTTPS/1.1CRLFHost: aCRLFCRLF~400",
    "GET / HTTP/ 1.1CRLFHost: aCRLFCRLF~400",
    "GET / HTTP/4294967295.255CRLFHost: aCRLFCRLF~400",
    "GET / HTTP/2.0CRLFHost: aCRLFCRLF~505",
    "GET / HTTP/3.0CRLFHost: aCRLFCRLF~505",
    "GET / HTTP/0.9CRLFHost: aCRLFCRLF~505",
    "PRI * HTTP/2.0CRLFCRLFSMCRLFCRLF~505",
    "GETTAB/TABHTTP/1.1CRLFHost: aCRLFCRLF~400",
    "GET  / HTTP/1.1CRLFHost: aCRLFCRLF~400",
    "GET /  HTTP/1.1CRLFHost: aCRLFCRLF~400",
    "GET / HTTP/1.1 CRLFHost: aCRLFCRLF~400",
    " GET / HTTP/1.1CRLFHost: aCRLFCRLF~400",
    "GET /a b HTTP/1.1CRLFHost: aCRLFCRLF~400",
    "GET /aTABb HTTP/1.1CRLFHost: aCRLFCRLF~400",
    "GET /aNULb HTTP/1.1CRLFHost: aCRLFCRLF~400",
    "GET /aDELb HTTP/1.1CRLFHost: aCRLFCRLF~400",
    "GET /aCRb HTTP/1.1CRLFHost: aCRLFCRLF~400",
    "G=\":<> / HTTP/1.1CRLFHost: aCRLFCRLF~400",
    "G@T / HTTP/1.1CRLFHost: aCRLFCRLF~400",
    "LFLFGET / HTTP/1.1CRLFHost: aCRLFCRLF~400",
    "CRLFCRLFCRLFCRLFCRLFCRLFGET / HTTP/1.1CRLFHost: aCRLFCRLF~400",
    "GET / HTTP/1.1LFHost: aLFLF~400",
    "GET / HTTP/1.1CRLFHost: aLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: aCRX: 1CRLFCRLF~400",
    "GET / HTTP/1.1CRLF CRLFHost: aCRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: aCRLFX : 1CRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: aCRLFX: 1CRLF 2CRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: aCRLFBrokenCRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: aCRLF: xCRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: aCRLFX: aNULbCRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: aCRLFX: a\u0001bCRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: aCRLFX: aDELbCRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: aCRLFX: aVTbCRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: aCRLFXNEL: 1CRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: aCRLFX(: 1CRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: aCRLFX[: 1CRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: aCRLFX A: 1CRLFCRLF~400",
    "GET / HTTP/1.1CRLFHost: aCRLFExpect: bananaCRLFCRLF~417",
    "POST / HTTP/1.1CRLFHost: aCRLFContent-Length: 3CRLFTransfer-Encoding: chunkedCRLFCRLF~400",
    "POST / HTTP/1.1CRLFHost: aCRLFTransfer-Encoding: chunked, gzipCRLFCRLF~400",
    "POST / HTTP/1.1CRLFHost: aCRLFTransfer-Encoding: chunked, chunkedCRLFCRLF~400",
    "POST / HTTP/1.1CRLFHost: aCRLFTransfer-Encoding: gzip, chunkedCRLFCRLF~501",
    "POST / HTTP/1.1CRLFHost: aCRLFTransfer-Encoding: gzipCRLFCRLF~501",
    "POST / HTTP/1.1CRLFHost: aCRLFTransfer-Encoding: identityCRLFCRLF~501",
    "POST / HTTP/1.1CRLFHost: aCRLFTransfer-Encoding: xchunkedCRLFCRLF~501",
    "POST / HTTP/1.1CRLFHost: aCRLFTransfer-Encoding: chunkedCRLFTransfer-Encoding: chunkedCRLFCRLF~400",
    "POST / HTTP/1.1CRLFHost: aCRLFTransfer-Encoding: ,chunkedCRLFCRLF~400",
    "POST / HTTP/1.1CRLFHost: aCRLFTransfer-Encoding: VTchunkedCRLFCRLF~400",
    "POST / HTTP/1.1CRLFHost: aCRLFTransfer-Encoding: chunkedNBSPCRLFCRLF~400",
    "POST / HTTP/1.1CRLFHost: aCRLFTransfer-Encoding: \"chunked\"CRLFCRLF~400",
    "POST / HTTP/1.0CRLFHost: aCRLFTransfer-Encoding: chunkedCRLFCRLF~400",
    "POST / HTTP/1.1CRLFHost: aCRLFContent-Length: 3CRLFContent-Length: 5CRLFCRLFhello~400",
    "POST / HTTP/1.1CRLFHost: aCRLFContent-Length: 5, 5CRLFCRLFhello~400",
    "POST / HTTP/1.1CRLFHost: aCRLFContent-Length: +5CRLFCRLFhello~400",
    "POST / HTTP/1.1CRLFHost: aCRLFContent-Length: -1CRLFCRLFhello~400",
    "POST / HTTP/1.1CRLFHost: aCRLFContent-Length: 0x10CRLFCRLFhello~400",
    "POST / HTTP/1.1CRLFHost: aCRLFContent-Length: 1_0CRLFCRLFhello~400",
    "POST / HTTP/1.1CRLFHost: aCRLFContent-Length: 5;CRLFCRLFhello~400",
    "POST / HTTP/1.1CRLFHost: aCRLFContent-Length: 5 5CRLFCRLFhello~400",
    "POST / HTTP/1.1CRLFHost: aCRLFContent-Length:CRLFCRLFhello~400",
    "POST / HTTP/1.1CRLFHost: aCRLFContent-Length: 9223372036854775808CRLFCRLFhello~400",
    "POST / HTTP/1.1CRLFHost: aCRLFContent-Length: 18446744073709551620CRLFCRLFhello~400",
  })
  void badHeadsAreRefusedAndTheConnectionEnds(String head, int status) throws Exception {
    REFUSED.clear();
    try (RawClient client = engine.client()) {
      client.send(unescape(head)).send("GET /second HTTP/1.1\r\nHost: a\r\n\r\n");
      String answer = client.rest();
      assertThat(answer).startsWith("HTTP/1.1 " + status + " ").contains("Connection: close\r\n");
      assertThat(answer.indexOf("HTTP/1.1", 1)).as(answer).isNegative();
    }
    assertThat(REFUSED).singleElement().satisfies(refused -> assertThat(refused.status()).isEqualTo(status));
  }

  @Test
  void theLogLearnsTheRequestLine() throws Exception {
    REFUSED.clear();
    send("GET /some%20where HTTP/1.1\r\nHost: h\r\nBroken\r\n\r\n");
    send("GET /no-version\r\n");
    assertThat(REFUSED).extracting(RefusedHead::requestLine).containsExactly("GET /some%20where HTTP/1.1", "GET /no-version");
  }

  @ParameterizedTest
  @CsvSource({"GET /X HTTP/1.1, 414", "X GET / HTTP/1.1, 431", "XGET / HTTP/1.1, 400"})
  void longHeadsAreRefused(String line, int status) throws Exception {
    String head = line.contains("/X") ? line.replace("X", "x".repeat(5000)) + "\r\nHost: h\r\n\r\n"
        : line.startsWith("X ") ? line.substring(2) + "\r\nHost: h\r\nX: " + "x".repeat(5000) + "\r\n\r\n"
        : "X".repeat(100) + line + "\r\nHost: h\r\n\r\n";
    assertThat(send(head)).startsWith("HTTP/1.1 " + status + " ");
  }

  @Test
  void whatIsOddButFinePasses() throws Exception {
    assertThat(send("\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
    assertThat(send("GET / HTTP/1.2\r\nHost: h\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
    assertThat(send("get / HTTP/1.1\r\nHost: h\r\n\r\n")).contains("\n\nget / HTTP/1.1\n");
    assertThat(send("BREW / HTTP/1.1\r\nHost: a_b.example.:80\r\n\r\n")).contains("\n\nBREW / HTTP/1.1\nHost: a_b.example.:80\n");
    assertThat(send("GET / HTTP/1.1\r\nHost: [::1]:80\r\nUpgrade: h9\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
    assertThat(send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello")).contains("Content-Length: 5\n").endsWith("hello");
    assertThat(send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 010\r\n\r\nhellohello")).contains("Content-Length: 10\n").endsWith("hellohello");
    assertThat(send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: Chunked\r\n\r\n1;a=\"b\"\r\nx\r\n0\r\nT: 1\r\n\r\n")).contains("x\nT: 1");
    assertThat(send("GET / HTTP/1.0\r\nExpect: banana\r\n\r\n")).startsWith("HTTP/1.1 200 OK");
    assertThat(send("GET / HTTP/1.1\r\nHost: h\r\nX: \u00a0a\u00a0\r\n\r\n")).contains("X: \u00a0a\u00a0\n");
  }

  @Test
  void valuesDifferingInCaseAloneStayApart() throws Exception {
    try (RawClient client = engine.client()) {
      for (String value : List.of("Bearer abc", "Bearer ABC", "Bearer abc")) {
        client.send("GET / HTTP/1.1\r\nHost: h\r\nAuthorization: " + value + "\r\n\r\n");
        assertThat(client.body(client.head())).contains("Authorization: " + value + "\n");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0x5", "+5", "5_", "-1", "", "11111111111111111", "5\n", "5;a=\"\n", "zz"})
  void badChunksEndTheRequest(String size) throws Exception {
    assertThat(send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n" + size + "\r\nhello\r\n0\r\n\r\n"))
        .startsWith("HTTP/1.1 400 ");
  }

  @Test
  void continueIsSentOnlyWhenTheBodyIsWanted() throws Exception {
    try (TestBackend wants = TestBackend.of(connection -> {
          String head = connection.head();
          assertThat(head).contains("Expect: 100-continue\n");
          connection.send("HTTP/1.1 100 Continue\r\n\r\n");
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n" + connection.body(head));
          connection.ended();
        });
        Engine eager = Engine.before(wants, Tricks.ON);
        RawClient client = eager.client()) {
      client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 100 Continue\n");
      client.send("hello");
      assertThat(client.body(client.head())).isEqualTo("hello");
    }
    try (TestBackend refuses = TestBackend.of(connection -> {
          connection.head();
          connection.send("HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\nno");
          connection.ended();
        });
        Engine proxy = Engine.before(refuses, Tricks.ON);
        RawClient client = proxy.client()) {
      client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
      String head = client.head();
      assertThat(head).startsWith("HTTP/1.1 401 ");
    }
  }
}
