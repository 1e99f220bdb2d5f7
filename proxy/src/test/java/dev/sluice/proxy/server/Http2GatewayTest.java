package dev.sluice.proxy.server;

import static dev.sluice.proxy.fixture.RawHttp2.DATA;
import static dev.sluice.proxy.fixture.RawHttp2.GOAWAY;
import static dev.sluice.proxy.fixture.RawHttp2.HEADERS;
import static dev.sluice.proxy.fixture.RawHttp2.INTERNAL_ERROR;
import static dev.sluice.proxy.fixture.RawHttp2.NO_ERROR;
import static dev.sluice.proxy.fixture.RawHttp2.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.RawHttp2;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.RequestFlags;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Exchanges with clients that speak HTTP/2, and backends that speak HTTP/1.1.
@Timeout(60)
class Http2GatewayTest {
  static GatewayHarness before(TestBackend backend) throws Exception {
    return before(backend, s -> s);
  }

  static GatewayHarness before(TestBackend backend, UnaryOperator<GatewaySettings> flags) throws Exception {
    return GatewayHarness.start("r: * -> \"http://127.0.0.1:" + backend.port() + "\";",
        s -> flags.apply(s.with(ListenerFlags.ENABLE_H2C_SERVER, true)));
  }

  @Test
  void aRequestWithoutABody() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      RawHttp2.Answer answer = client.get(1, "/some/path?q=%7e", "user-agent: test").answer(1);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.ended()).isTrue();
      assertThat(answer.head()).contains("content-length: " + answer.body().length() + "\n").doesNotContain("connection").doesNotContain("transfer-");
      assertThat(answer.body()).startsWith("GET /some/path?q=%7e HTTP/1.1\n").contains("user-agent: test\n").doesNotContain("ransfer-");
      await().untilAsserted(() -> assertThat(gateway.log()).contains("\"GET /some/path?q=%7e HTTP/2.0\" 200 "));
    }
  }

  @Test
  void http11IsSpokenWithAllOthersOnTheSameAddress() throws Exception {
    try (TestBackend backend = TestBackend.echo(); GatewayHarness gateway = before(backend)) {
      assertThat(gateway.get("/a")).startsWith("HTTP/1.1 200 OK\n");
      try (RawClient client = gateway.client()) {
        client.send("P").send("RI /x HTTP/1.1\r\nHost: a\r\n\r\n");
        String head = client.head();
        assertThat(client.body(head)).startsWith("PRI /x HTTP/1.1\n");
        // An offer to switch is not taken up (RFC 9113 §3.1), and not passed on.
        client.send("GET / HTTP/1.1\r\nHost: a\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\n\r\n");
        head = client.head();
        assertThat(head).startsWith("HTTP/1.1 200 OK\n");
        assertThat(client.body(head)).doesNotContainIgnoringCase("h2c").doesNotContain("HTTP2-Settings");
      }
    }
  }

  @Test
  void withoutTheFlagItIsRefusedWithoutTls() throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("r: * -> <shunt>;"); RawClient client = gateway.client()) {
      client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 505 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "GET", "DELETE"})
  void aBodyOfUnknownLength(String method) throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      RawHttp2.Answer answer = client.request(1, false, method, "/up").data(1, false, "one, ").data(1, true, "two").answer(1);
      assertThat(answer.body()).startsWith(method + " /up HTTP/1.1\n").containsIgnoringCase("transfer-encoding: chunked\n").endsWith("\none, two");
    }
  }

  @Test
  void aBodyOfKnownLengthAndAnEmptyOne() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      assertThat(client.request(1, false, "POST", "/up", "content-length: 4").data(1, true, "body").answer(1).body())
          .containsIgnoringCase("content-length: 4\n").doesNotContainIgnoringCase("transfer-").endsWith("\nbody");
      assertThat(client.request(3, true, "POST", "/up", "content-length: 0").answer(3).body()).containsIgnoringCase("content-length: 0\n");
      assertThat(client.request(5, false, "POST", "/up").data(5, true, "").answer(5).body()).endsWith("\n");
    }
  }

  @Test
  void trailersBothWays() throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> {
          String body = connection.body(connection.head());
          connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n" + body + "\r\n0\r\nX-Sum: 7\r\nX-Got: "
              + connection.trailers().strip().replace(": ", "=") + "\r\n\r\n");
          connection.ended();
        });
        GatewayHarness gateway = before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      RawHttp2.Answer answer = client.request(1, false, "POST", "/", "te: trailers").data(1, false, "abc").headers(1, true, "x-check: 1").answer(1);
      assertThat(answer.body()).isEqualTo("abc");
      assertThat(answer.heads()).hasSize(2);
      assertThat(answer.heads().getLast()).contains("x-sum: 7\n").contains("x-got: x-check=1\n");
    }
  }

  @Test
  void interimResponsesAreRelayed() throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          connection.send("HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
          connection.ended();
        });
        GatewayHarness gateway = before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      RawHttp2.Answer answer = client.get(1, "/").answer(1);
      assertThat(answer.heads()).hasSize(2);
      assertThat(answer.heads().getFirst()).startsWith(":status: 103\n").contains("link: </a.css>\n");
      assertThat(answer.heads().getLast()).startsWith(":status: 200\n");
      assertThat(answer.body()).isEqualTo("ok");
    }
  }

  @Test
  void aClientThatWaitsForContinueIsToldSoWhenTheBackendWantsTheBody() throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> {
          String head = connection.head();
          assertThat(head).containsIgnoringCase("expect: 100-continue");
          connection.send("HTTP/1.1 100 Continue\r\n\r\n");
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + connection.body(head));
          connection.ended();
        });
        GatewayHarness gateway = before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      client.request(1, false, "POST", "/", "content-length: 4", "expect: 100-continue");
      assertThat(client.lines(client.next(HEADERS))).startsWith(":status: 100\n");
      RawHttp2.Answer answer = client.data(1, true, "body").answer(1);
      assertThat(answer.head()).startsWith(":status: 200\n");
      assertThat(answer.body()).isEqualTo("body");
    }
  }

  @Test
  void aBackendThatRefusesAWaitingClientSendsNoContinue() throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          connection.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\nno");
          connection.ended();
        });
        GatewayHarness gateway = before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      client.request(1, false, "POST", "/", "content-length: 4", "expect: 100-continue");
      assertThat(client.lines(client.next(HEADERS))).startsWith(":status: 403\n");
      client.next(DATA);
      assertThat(client.next(RST_STREAM).error()).isEqualTo(NO_ERROR);
    }
  }

  @Test
  void anotherExpectationFails() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      assertThat(client.get(1, "/", "expect: banana").answer(1).status()).isEqualTo(417);
      assertThat(client.get(3, "/").answer(3).status()).isEqualTo(200);
    }
  }

  @Test
  void responsesWithoutABody() throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> {
          while (true) {
            String head = connection.head();
            connection.send(head.startsWith("HEAD") ? "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
                : head.contains("/204") ? "HTTP/1.1 204 No Content\r\n\r\n" : "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n");
          }
        });
        GatewayHarness gateway = before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      try (RawClient older = gateway.client()) {
        assertThat(older.send("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n").head()).contains("Content-Length: 1000\n").doesNotContain("chunked");
      }
      RawHttp2.Answer head = client.request(1, true, "HEAD", "/").answer(1);
      assertThat(head.head()).startsWith(":status: 200\n").contains("content-length: 1000\n");
      assertThat(head.ended()).isTrue();
      assertThat(client.get(3, "/204").answer(3).head()).startsWith(":status: 204\n").doesNotContain("content-length");
      assertThat(client.get(5, "/304").answer(5).head()).startsWith(":status: 304\n").contains("etag: \"x\"\n");
    }
  }

  @Test
  void aClientThatResetsItsRequestCancelsTheBackendCall() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (TestBackend backend = TestBackend.of(connection -> {
          if (connection.head().contains("/slow")) {
            asked.countDown();
            connection.ended();
            closed.countDown();
          } else {
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").ended();
          }
        });
        GatewayHarness gateway = before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      client.get(1, "/slow");
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      client.reset(1, RawHttp2.CANCEL);
      assertThat(closed.await(10, TimeUnit.SECONDS)).as("the backend's connection is closed").isTrue();
      await().until(() -> gateway.log().contains("\"GET /slow HTTP/2.0\" 499 0"));
      assertThat(client.get(3, "/").answer(3).status()).as("the connection goes on").isEqualTo(200);
    }
  }

  @Test
  void aClientThatLeavesCancelsAllItsCalls() throws Exception {
    CountDownLatch asked = new CountDownLatch(3);
    CountDownLatch closed = new CountDownLatch(3);
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          asked.countDown();
          connection.ended();
          closed.countDown();
        });
        GatewayHarness gateway = before(backend)) {
      RawHttp2 client = RawHttp2.connect(gateway.address());
      client.get(1, "/").get(3, "/").request(5, false, "POST", "/");
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(gateway.gateway().server().exchanges()).isEqualTo(3);
      client.close();
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
      await().until(() -> gateway.gateway().server().exchanges() == 0);
    }
  }

  @Test
  void aBackendThatBreaksOffItsAnswerResetsTheStream() throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
        });
        GatewayHarness gateway = before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      RawHttp2.Answer answer = client.get(1, "/").answer(1);
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.ended()).isFalse();
      assertThat(answer.reset()).isEqualTo(INTERNAL_ERROR);
      assertThat(client.get(3, "/").answer(3).reset()).as("the connection goes on").isEqualTo(INTERNAL_ERROR);
    }
  }

  @Test
  void aBackendThatIsNotThere() throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("r: * -> \"http://127.0.0.1:1\";", s -> s.with(ListenerFlags.ENABLE_H2C_SERVER, true));
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      RawHttp2.Answer answer = client.request(1, false, "POST", "/").data(1, true, "x").answer(1);
      assertThat(answer.status()).isEqualTo(502);
      assertThat(answer.body()).isEqualTo("Bad Gateway\n");
    }
  }

  @Test
  void anAnswerMayEndWhileTheUploadRuns() throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          connection.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig");
          connection.ended();
        });
        GatewayHarness gateway = before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      client.request(1, false, "POST", "/").data(1, false, "a little");
      assertThat(client.lines(client.next(HEADERS))).startsWith(":status: 413\n");
      RawHttp2.Frame body = client.next(DATA);
      assertThat(body.text()).isEqualTo("big");
      assertThat(body.endsStream()).isTrue();
      assertThat(client.next(RST_STREAM).error()).as("the rest of the upload is not wanted").isEqualTo(NO_ERROR);
      // What was on its way is no error.
      client.data(1, false, "more").data(1, true, "end");
      assertThat(client.get(3, "/").answer(3).status()).isEqualTo(413);
    }
  }

  @Test
  void bothDirectionsOfAStreamingCallRunAtOnce() throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          connection.send("HTTP/1.1 200 OK\r\nContent-Type: application/grpc\r\nTransfer-Encoding: chunked\r\n\r\n");
          for (int i = 0; i < 3; i++) {
            int size = Integer.parseInt(connection.line(), 16);
            String message = connection.text(size);
            connection.line();
            connection.send(Integer.toHexString(size) + "\r\n" + message.toUpperCase(java.util.Locale.ROOT) + "\r\n");
          }
          connection.send("0\r\nGrpc-Status: 0\r\n\r\n");
          connection.ended();
        });
        GatewayHarness gateway = before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      client.request(1, false, "POST", "/pkg.Service/Chat", "te: trailers", "content-type: application/grpc");
      assertThat(client.lines(client.next(HEADERS))).startsWith(":status: 200\n");
      for (String message : List.of("one", "two", "three")) {
        client.data(1, false, message);
        assertThat(client.next(DATA).text()).isEqualTo(message.toUpperCase(java.util.Locale.ROOT));
      }
      RawHttp2.Frame trailers = client.next(HEADERS);
      assertThat(client.lines(trailers)).isEqualTo("grpc-status: 0\n");
      assertThat(trailers.endsStream()).isTrue();
    }
  }

  @Test
  void anAnswerOfTrailersOnly() throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\ngrpc-status: 12\r\n\r\n");
          connection.ended();
        });
        GatewayHarness gateway = before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      RawHttp2.Answer answer = client.request(1, true, "POST", "/pkg.Service/Nothing", "te: trailers").answer(1);
      assertThat(answer.heads()).hasSize(2);
      assertThat(answer.heads().getLast()).isEqualTo("grpc-status: 12\n");
      assertThat(answer.body()).isEmpty();
    }
  }

  @Test
  void aSlowReaderSlowsTheBackend() throws Exception {
    AtomicInteger sent = new AtomicInteger();
    String block = "x".repeat(16384);
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + 1000L * block.length() + "\r\n\r\n");
          for (int i = 0; i < 1000; i++) {
            connection.send(block);
            sent.incrementAndGet();
          }
          connection.ended();
        });
        GatewayHarness gateway = before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address()).withoutWindows()) {
      client.get(1, "/");
      client.next(HEADERS);
      await().until(() -> sent.get() > 2);
      int before = -1;
      while (before != sent.get()) {
        before = sent.get();
        Thread.sleep(300);
      }
      assertThat(before).as("blocks that the backend could send").isLessThan(900);
      client.window(0, 1 << 30).window(1, 1 << 30);
      assertThat(client.answer(1).ended()).isTrue();
      assertThat(sent).hasValue(1000);
    }
  }

  @Test
  void aSlowBackendSlowsTheUpload() throws Exception {
    CountDownLatch read = new CountDownLatch(1);
    try (TestBackend backend = TestBackend.narrow(connection -> {
          String head = connection.head();
          read.await();
          String body = connection.body(head);
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n" + body.length());
          connection.ended();
        });
        GatewayHarness gateway = before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      // The whole window of the stream.
      int length = Http2.STREAM_WINDOW;
      client.request(1, false, "POST", "/", "content-length: " + (length + 475_712));
      for (int i = 0; i < length / 16384; i++) {
        client.data(1, false, "y".repeat(16384));
      }
      // Windows are opened for what the backend's socket has taken, not for more.
      client.timeout(1000);
      int granted = 0;
      try {
        while (granted < length) {
          RawHttp2.Frame update = client.next(RawHttp2.WINDOW_UPDATE);
          granted += update.stream() == 1 ? java.nio.ByteBuffer.wrap(update.payload()).getInt() : 0;
        }
      } catch (java.net.SocketTimeoutException none) {
        // as it should be
      }
      // The kernel's buffers take some.
      read.countDown();
      client.timeout(10_000);
      int rest = 475_712;
      while (rest > 0) {
        while (granted < 1 << 14) {
          RawHttp2.Frame update = client.next(RawHttp2.WINDOW_UPDATE);
          granted += update.stream() == 1 ? java.nio.ByteBuffer.wrap(update.payload()).getInt() : 0;
        }
        int size = Math.min(rest, 1 << 14);
        client.data(1, rest == size, "z".repeat(size));
        rest -= size;
        granted -= size;
      }
      assertThat(client.answer(1).body()).isEqualTo("1000000");
    }
  }

  @Test
  void manyRequestsOnOneConnection() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = before(backend);
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      for (int i = 0; i < 200; i++) {
        client.request(2 * i + 1, false, "POST", "/" + i).data(2 * i + 1, true, "body " + i);
      }
      int ended = 0;
      while (ended < 200) {
        RawHttp2.Frame frame = client.next(DATA, RST_STREAM);
        assertThat(frame.type()).isEqualTo(DATA);
        ended += frame.endsStream() ? 1 : 0;
      }
      await().until(() -> gateway.gateway().server().exchanges() == 0);
    }
  }

  @Test
  void whatTheBackendLearnsOfTheClient() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = before(backend, s -> s.with(RequestFlags.FORWARDED_HEADERS,
                List.of("X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Method", "X-Forwarded-Uri", "X-Forwarded-Proto=auto"))
            .with(dev.sluice.proxy.flag.BackendFlags.PROXY_PRESERVE_HOST, true));
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      String seen = client.headers(1, true, ":method: GET", ":scheme: https", ":authority: Shop.test:81", ":path: /a?b=c", "cookie: a=1", "x-a: 1",
          "cookie: b=2", "te: trailers").answer(1).body();
      assertThat(seen).contains("Host: Shop.test:81\n", "X-Forwarded-For: 127.0.0.1\n", "X-Forwarded-Host: Shop.test:81\n", "X-Forwarded-Method: GET\n",
          "X-Forwarded-Uri: /a?b=c\n", "X-Forwarded-Proto: http\n", "ookie: a=1; b=2\n", "x-a: 1\n");
      assertThat(seen.lines().filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith("host:") || line.toLowerCase(java.util.Locale.ROOT).startsWith("cookie:"))).hasSize(2);
    }
  }

  @Test
  void predicatesSeeTheAuthorityAsTheHost() throws Exception {
    try (GatewayHarness gateway = GatewayHarness.start("""
            a: Host("^a[.]test$") && Method("GET") -> status(201) -> <shunt>;
            b: Host("^b[.]test$") -> status(202) -> <shunt>;
            """, s -> s.with(ListenerFlags.ENABLE_H2C_SERVER, true));
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      assertThat(client.headers(1, true, ":method: GET", ":scheme: http", ":path: /", ":authority: a.test").answer(1).status()).isEqualTo(201);
      assertThat(client.headers(3, true, ":method: GET", ":scheme: http", ":path: /", "host: b.test").answer(3).status()).isEqualTo(202);
    }
  }

  @Test
  void theLastOfSoManyRequestsSaysThatTheConnectionEnds() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = before(backend, s -> s.with(ListenerFlags.KEEPALIVE_REQUESTS_SERVER, 2));
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      assertThat(client.get(1, "/").answer(1).status()).isEqualTo(200);
      client.get(3, "/");
      assertThat(client.lines(client.next(HEADERS))).startsWith(":status: 200\n").doesNotContain("connection");
      assertThat(client.next(GOAWAY).error()).isEqualTo(NO_ERROR);
      assertThat(client.ended()).isEqualTo(NO_ERROR);
    }
  }

  @Test
  void aBalancerMaySayForWhomItSpeaks() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = before(backend, s -> s.with(ListenerFlags.ENABLE_PROXY_PROTOCOL, true).with(ListenerFlags.PROXY_ALLOW_CIDRS, List.of("127.0.0.0/8"))
            .with(RequestFlags.FORWARDED_HEADERS, List.of("X-Forwarded-For")));
        RawHttp2 client = RawHttp2.silent(gateway.address()).bytes("PROXY TCP4 192.0.2.7 127.0.0.1 4711 80\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").send(RawHttp2.SETTINGS, 0, 0)) {
      assertThat(client.get(1, "/").answer(1).body()).contains("X-Forwarded-For: 192.0.2.7\n");
      try (RawClient older = gateway.client()) {
        older.send("PROXY TCP4 192.0.2.8 127.0.0.1 4711 80\r\nGET /a/path/that/is/longer/than/a/preface HTTP/1.1\r\nHost: a\r\n\r\n");
        assertThat(older.body(older.head())).contains("X-Forwarded-For: 192.0.2.8\n");
      }
    }
  }

  @Test
  void connectionsAndRequestsAreCounted() throws Exception {
    try (TestBackend backend = TestBackend.echo();
        GatewayHarness gateway = before(backend, s -> s.with(ListenerFlags.SUPPORT_LISTENER, "127.0.0.1:0"));
        RawHttp2 client = RawHttp2.connect(gateway.address())) {
      for (int stream = 1; stream < 7; stream += 2) {
        assertThat(client.get(stream, "/").answer(stream).status()).isEqualTo(200);
      }
      try (RawClient admin = RawClient.connect(java.util.Objects.requireNonNull(gateway.gateway().adminAddress()))) {
        String head = admin.send("GET /metrics HTTP/1.1\r\nHost: a\r\nAccept: text/plain\r\n\r\n").head();
        String metrics = admin.body(head);
        assertThat(metrics).contains("sluice_connections_accepted_total 1\n", "sluice_connections_open 1\n");
        assertThat(metrics.lines().filter(line -> line.contains("HTTP/2.0"))).anyMatch(line -> line.endsWith(" 3"));
      }
    }
  }
}
