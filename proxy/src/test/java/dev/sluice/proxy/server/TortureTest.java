package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.Engine;
import dev.sluice.proxy.fixture.MiniProxy;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.loop.Tricks;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Bad days of a proxy, with each trick on and off. After each of them a plain request still works, no exchange is left, and no buffer is missing.
@Timeout(60)
class TortureTest {
  private static final String ALL = "dev.sluice.proxy.fixture.Engine#tricks";
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private static void stillWell(Engine engine) throws IOException {
    try (RawClient client = engine.client()) {
      String answer = client.get("/well");
      if (answer.contains("STALE_CONNECTION")) {
        // The proxy does not try again; the backend may just have closed the connection of the last request.
        answer = client.get("/well");
      }
      assertThat(answer).startsWith("HTTP/1.1 200 OK\n");
    }
    await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
      assertThat(engine.server().exchanges()).isZero();
      assertThat(engine.heldBuffers()).as(engine.leaks()).isZero();
    });
    assertThat(engine.proxy().offLoop()).isZero();
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void answersPipelinedRequestsInOrder(Tricks tricks) throws Exception {
    try (TestBackend backend = TestBackend.echo(); Engine engine = Engine.before(backend, tricks); RawClient client = engine.client()) {
      StringBuilder all = new StringBuilder();
      for (int i = 0; i < 500; i++) {
        all.append("GET /").append(i).append(" HTTP/1.1\r\nHost: h\r\nX-Fill: ").append("x".repeat(i % 97)).append("\r\n\r\n");
      }
      client.send(all.toString());
      for (int i = 0; i < 500; i++) {
        assertThat(client.body(client.head())).startsWith("GET /" + i + " HTTP/1.1\n");
      }
      stillWell(engine);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void answersPipelinedRequestsBeforeTheEndOfTheClientsBytes(Tricks tricks) throws Exception {
    try (TestBackend backend = TestBackend.echo();
        Engine engine = Engine.before(backend, s -> s.withTricks(tricks).withHalfCloseAllowed(true));
        RawClient client = engine.client()) {
      client.send("GET /1 HTTP/1.1\r\nHost: h\r\n\r\nGET /2 HTTP/1.1\r\nHost: h\r\n\r\n").shutdownOutput();
      assertThat(client.body(client.head())).startsWith("GET /1 ");
      assertThat(client.body(client.head())).startsWith("GET /2 ");
      assertThat(client.ended()).isTrue();
      stillWell(engine);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void takesRequestsByteByByte(Tricks tricks) throws Exception {
    try (TestBackend backend = TestBackend.echo(); Engine engine = Engine.before(backend, tricks); RawClient client = engine.client()) {
      String request = "POST /slow HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
      for (int i = 0; i < request.length(); i++) {
        client.send(request.substring(i, i + 1));
      }
      assertThat(client.body(client.head())).startsWith("POST /slow ").endsWith("abc");
      stillWell(engine);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void survivesAClientThatLeavesAtAnyByteOfItsRequest(Tricks tricks) throws Exception {
    String request = "POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n";
    try (TestBackend backend = TestBackend.echo(); Engine engine = Engine.before(backend, tricks)) {
      for (int i = 0; i <= request.length(); i++) {
        try (RawClient client = engine.client()) {
          client.send(request.substring(0, i)).reset();
        }
        try (RawClient client = engine.client()) {
          client.send(request.substring(0, i));
        }
        try (RawClient client = engine.client()) {
          client.send(request.substring(0, i)).shutdownOutput();
          client.rest();
        } catch (IOException reset) {
          // As good an end as any.
        }
      }
      stillWell(engine);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void survivesABackendThatLeavesAtAnyByteOfItsResponse(Tricks tricks) throws Exception {
    String response = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-T: 1\r\n\r\n";
    for (boolean reset : new boolean[] {false, true}) {
      try (TestBackend backend = TestBackend.of(connection -> {
            String head = connection.head();
            if (head.startsWith("GET /well ")) {
              connection.send(OK);
              connection.ended();
              return;
            }
            int n = Integer.parseInt(head.substring(5, head.indexOf(' ', 5)));
            connection.send(response.substring(0, n));
            if (reset) {
              connection.reset();
            }
          });
          Engine engine = Engine.before(backend, tricks)) {
        for (int i = 0; i <= response.length(); i++) {
          try (RawClient client = engine.client()) {
            client.send("GET /" + i + " HTTP/1.1\r\nHost: h\r\n\r\n");
            leavesNoDoubt(client, i, response, reset);
          }
        }
        stillWell(engine);
      }
    }
  }

  /// A whole answer, a 502, or a cut in the middle that cannot be taken for a whole one.
  private static void leavesNoDoubt(RawClient client, int sent, String response, boolean reset) throws IOException {
    // The message is whole with its last chunk (RFC 9112 §8); what follows are trailers.
    int lastChunk = response.indexOf("X-T");
    String head = client.head();
    if (head.startsWith("HTTP/1.1 502 ")) {
      assertThat(sent).isLessThan(lastChunk);
      client.body(head);
      return;
    }
    assertThat(head).startsWith("HTTP/1.1 200 OK\n");
    try {
      assertThat(client.body(head)).isEqualTo("abcde");
      assertThat(sent).isGreaterThanOrEqualTo(lastChunk);
    } catch (IOException cut) {
      assertThat(sent < response.length() || reset).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aClientThatLeavesWhileNothingIsReadIsNoticed(Tricks tricks) throws Exception {
    CountDownLatch asked = new CountDownLatch(2);
    try (TestBackend backend = TestBackend.of(connection -> {
          if (connection.head().startsWith("GET /well ")) {
            connection.send(OK);
          } else {
            asked.countDown();
          }
          connection.ended();
        });
        Engine engine = Engine.before(backend, tricks)) {
      RawClient resets = engine.client();
      resets.send("GET /never HTTP/1.1\r\nHost: h\r\n\r\n");
      RawClient closes = engine.client();
      closes.send("GET /never HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      resets.reset();
      closes.close();
      if (tricks.keptInterest()) {
        await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> {
          assertThat(engine.proxy().departed()).isEqualTo(2);
          assertThat(backend.open()).isZero();
        });
        stillWell(engine);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aClientThatHasShutDownItsOutputIsGoneUnlessToldOtherwise(Tricks tricks) throws Exception {
    for (boolean allowed : new boolean[] {false, true}) {
      CountDownLatch go = new CountDownLatch(1);
      try (TestBackend backend = TestBackend.of(connection -> {
            connection.head();
            go.await(10, TimeUnit.SECONDS);
            connection.send(OK);
            connection.ended();
          });
          Engine engine = Engine.before(backend, s -> s.withTricks(tricks).withHalfCloseAllowed(allowed));
          RawClient client = engine.client()) {
        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").shutdownOutput();
        if (tricks.keptInterest() && !allowed) {
          assertThat(client.ended()).isTrue();
          assertThat(engine.proxy().departed()).isEqualTo(1);
        } else {
          go.countDown();
          assertThat(client.body(client.head())).isEqualTo("ok");
          assertThat(client.ended()).isTrue();
        }
        go.countDown();
      }
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void largeBodiesPassBothWaysWithSlowSides(Tricks tricks) throws Exception {
    byte[] body = new byte[4 << 20];
    for (int i = 0; i < body.length; i++) {
      body[i] = (byte) (i * 31 + (i >> 8));
    }
    try (TestBackend backend = TestBackend.narrow(connection -> {
          while (true) {
            String head = connection.head();
            if (head.startsWith("GET /well ")) {
              connection.send(OK);
              continue;
            }
            byte[] got = new byte[body.length];
            for (int at = 0; at < got.length; at += 8192) {
              System.arraycopy(connection.bytes(8192), 0, got, at, 8192);
              if (at % (1 << 20) == 0) {
                Thread.sleep(20);
              }
            }
            connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + got.length + "\r\n\r\n").send(got);
          }
        });
        Engine engine = Engine.before(backend, tricks);
        RawClient client = RawClient.narrow(engine.address())) {
      for (int turn = 0; turn < 2; turn++) {
        Thread upload = Thread.ofVirtual().start(() -> {
          try {
            client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: " + body.length + "\r\n\r\n").send(body);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
        String head = client.head();
        assertThat(head).startsWith("HTTP/1.1 200 OK\n");
        assertThat(Arrays.equals(client.bytes(body.length), body)).isTrue();
        upload.join();
      }
      stillWell(engine);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aClientThatReadsNothingHoldsNoMoreThanItsBuffers(Tricks tricks) throws Exception {
    byte[] part = new byte[64 << 10];
    CountDownLatch stuck = new CountDownLatch(1);
    long[] sent = new long[1];
    try (TestBackend backend = TestBackend.of(connection -> {
          if (connection.head().startsWith("GET /well ")) {
            connection.send(OK);
            connection.ended();
            return;
          }
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n");
          try {
            while (true) {
              connection.send(part);
              sent[0] += part.length;
            }
          } finally {
            stuck.countDown();
          }
        });
        Engine engine = Engine.before(backend, s -> s.withTricks(tricks)
            .withTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMillis(500)))) {
      try (RawClient client = RawClient.narrow(engine.address())) {
        client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
        assertThat(client.head()).startsWith("HTTP/1.1 200 OK\n");
        // The write time-out ends it: the backend's connection is closed.
        assertThat(stuck.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(sent[0]).isLessThan(50_000_000);
      }
      stillWell(engine);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void idleConnectionsEndInTime(Tricks tricks) throws Exception {
    try (TestBackend backend = TestBackend.answering(OK);
        Engine engine = Engine.before(backend, s -> s.withTricks(tricks)
            .withTimeouts(Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(300)))) {
      try (RawClient client = engine.client()) {
        client.get("/1");
        long begin = System.nanoTime();
        assertThat(client.ended()).isTrue();
        assertThat(System.nanoTime() - begin).isBetween(200_000_000L, 3_000_000_000L);
      }
      try (RawClient client = engine.client()) {
        client.send("GET / HTTP/1.1\r\nHost: h");
        assertThat(client.rest()).startsWith("HTTP/1.1 408 Request Timeout\r\n");
      }
      try (RawClient client = engine.client()) {
        assertThat(client.ended()).isTrue();
      }
      try (RawClient client = engine.client()) {
        client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhe");
        assertThat(client.head()).startsWith("HTTP/1.1 408 ").contains("request-timeout");
      }
      stillWell(engine);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void anEarlyAnswerReachesAClientThatStillUploads(Tricks tricks) throws Exception {
    try (TestBackend backend = TestBackend.of(connection -> {
          if (connection.head().startsWith("GET /well ")) {
            connection.send(OK);
          } else {
            connection.send("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\nConnection: close\r\n\r\nbig");
          }
          connection.shutdownOutput();
          connection.rest();
        });
        Engine engine = Engine.before(backend, tricks)) {
      for (int i = 0; i < 10; i++) {
        try (RawClient client = engine.client()) {
          client.send("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 100000\r\n\r\n").send("x".repeat(20_000));
          String head = client.head();
          assertThat(head).startsWith("HTTP/1.1 413 ");
          assertThat(client.body(head)).isEqualTo("big");
        }
      }
      stillWell(engine);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void stopsWhenTheExchangesUnderWayHaveEnded(Tricks tricks) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    try (TestBackend backend = TestBackend.of(connection -> {
          connection.head();
          asked.countDown();
          go.await(10, TimeUnit.SECONDS);
          connection.send(OK);
          connection.ended();
        });
        Engine engine = Engine.before(backend, tricks);
        RawClient idle = engine.client();
        RawClient client = engine.client()) {
      client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      var address = engine.address();
      Thread stop = Thread.ofVirtual().start(() -> {
        try {
          engine.server().stop(Duration.ofSeconds(10));
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      });
      await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> org.assertj.core.api.Assertions.assertThatThrownBy(() -> RawClient.connect(address).close())
          .isInstanceOf(IOException.class));
      go.countDown();
      String head = client.head();
      assertThat(head).startsWith("HTTP/1.1 200 OK\n").contains("Connection: close\n");
      assertThat(client.body(head)).isEqualTo("ok");
      assertThat(idle.ended()).isTrue();
      stop.join();
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aBackendThatGoesAwayIsAnAnswer(Tricks tricks) throws Exception {
    TestBackend gone = TestBackend.echo();
    try (Engine engine = Engine.of(gone, new MiniProxy(gone.endpoint()), s -> s.withTricks(tricks)); RawClient client = engine.client()) {
      client.get("/");
      gone.close();
      String answer = client.get("/");
      assertThat(answer).startsWith("HTTP/1.1 502 ");
      assertThat(client.get("/")).contains("connect-refused NOTHING");
    }
  }
}
