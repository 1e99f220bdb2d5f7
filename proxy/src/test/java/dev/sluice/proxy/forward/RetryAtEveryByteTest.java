package dev.sluice.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.Raw;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.LogFlags;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A backend breaks the connection at each byte of the exchange in turn, of two that would do: what is not idempotent is read by one backend at most,
/// what is idempotent is answered as long as the answer had not begun, and nothing is repeated once a byte of an answer was there.
class RetryAtEveryByteTest {
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nanswer!";
  private static final int ANSWER_HEAD = ANSWER.indexOf("answer!");
  private static final String BODY = "0123456789";

  private final AtomicInteger reached = new AtomicInteger();
  private volatile Break plan = Break.none();

  /// Where the one connection that meets it first is broken.
  ///
  /// @param read bytes of the request that are read before
  /// @param written bytes of the answer that are written before
  /// @param met by a connection
  /// @param done once it is broken
  private record Break(int read, int written, boolean reset, AtomicBoolean met, CountDownLatch done) {
    static Break of(int read, int written, boolean reset) {
      return new Break(read, written, reset, new AtomicBoolean(), new CountDownLatch(1));
    }

    static Break none() {
      return new Break(0, 0, false, new AtomicBoolean(true), new CountDownLatch(1));
    }

    void carryOut(Raw connection, int readBefore) throws IOException {
      connection.bytes(Math.max(0, read - readBefore));
      connection.send(ANSWER.substring(0, written));
      if (reset) {
        connection.reset();
      } else {
        connection.close();
      }
      done.countDown();
    }
  }

  /// Takes each connection for one request, and meets the plan before it reads.
  private TestBackend fresh() throws IOException {
    return TestBackend.of(connection -> {
      Break now = plan;
      if (now.met.compareAndSet(false, true)) {
        reached.addAndGet(now.read > 0 ? 1 : 0);
        now.carryOut(connection, 0);
        return;
      }
      connection.bytes(1);
      reached.incrementAndGet();
      connection.body(connection.head());
      connection.send(ANSWER);
    });
  }

  /// Keeps connections, and meets the plan at the first byte of a request.
  private TestBackend keeping() throws IOException {
    return TestBackend.of(connection -> {
      while (true) {
        connection.bytes(1);
        reached.incrementAndGet();
        Break now = plan;
        if (now.met.compareAndSet(false, true)) {
          now.carryOut(connection, 1);
          return;
        }
        connection.body(connection.head());
        connection.send(ANSWER);
      }
    });
  }

  private static GatewayHarness gateway(TestBackend one, TestBackend two, boolean keep) throws Exception {
    return GatewayHarness.start("r: * -> <\"" + one.endpoint().text() + "\", \"" + two.endpoint().text() + "\">;", flags -> flags
        .with(LogFlags.ACCESS_LOG_DISABLED, true)
        .with(BackendFlags.DISABLE_HTTP_KEEPALIVES, !keep));
  }

  private static String request(String method) {
    boolean body = !method.equals("GET") && !method.equals("DELETE");
    return method + " /r HTTP/1.1\r\nHost: a\r\n" + (body ? "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY : "\r\n");
  }

  /// What the client got: `200`, `502`, `cut` after a head, or `nothing`.
  private static String outcome(RawClient client) throws IOException {
    String head;
    try {
      head = client.head();
    } catch (EOFException | SocketException e) {
      return "nothing";
    }
    try {
      client.body(head);
      return head.substring(9, 12);
    } catch (EOFException | SocketException e) {
      return "cut";
    }
  }

  /// Bytes that a request has on its way to a backend.
  private int sent(String request) throws Exception {
    AtomicInteger length = new AtomicInteger();
    try (TestBackend backend = TestBackend.of(connection -> {
          String head = connection.head();
          String body = connection.body(head);
          length.set(head.length() + (int) head.lines().count() + 2 + body.length());
          connection.send(ANSWER);
        });
        GatewayHarness gateway = gateway(backend, backend, false);
        RawClient client = gateway.client()) {
      client.send(request);
      assertThat(outcome(client)).isEqualTo("200");
    }
    return length.get();
  }

  @ParameterizedTest
  @CsvSource({"GET, false", "GET, true", "DELETE, false", "PUT, false", "POST, false", "POST, true", "PATCH, false", "PATCH, true"})
  void aNewConnection(String method, boolean reset) throws Exception {
    String request = request(method);
    int length = sent(request);
    boolean again = method.equals("GET") || method.equals("DELETE");
    try (TestBackend one = fresh(); TestBackend two = fresh(); GatewayHarness gateway = gateway(one, two, false)) {
      for (int read = 0; read <= length; read++) {
        run(gateway, Break.of(read, 0, reset), request, again ? "200" : "502", again ? 2 : 1);
      }
      for (int written = 1; written <= ANSWER.length(); written++) {
        String expected = written < ANSWER_HEAD ? "502" : written < ANSWER.length() ? "cut" : "200";
        run(gateway, Break.of(length, written, reset), request, expected, 1);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"GET, false", "GET, true", "POST, false", "POST, true"})
  void aKeptConnection(String method, boolean reset) throws Exception {
    String request = request(method);
    int length = sent(request);
    boolean again = method.equals("GET");
    try (TestBackend one = keeping(); TestBackend two = keeping(); GatewayHarness gateway = gateway(one, two, true)) {
      for (int read = 1; read <= length; read++) {
        run(gateway, Break.of(read, 0, reset), request, again ? "200" : "502", again ? 2 : 1);
      }
      for (int written = 1; written < ANSWER.length(); written++) {
        run(gateway, Break.of(length, written, reset), request, written < ANSWER_HEAD ? "502" : "cut", 1);
      }
    }
  }

  private void run(GatewayHarness gateway, Break how, String request, String expected, int mostReached) throws Exception {
    try (RawClient client = gateway.client()) {
      // Each endpoint has a connection then, if it keeps them; and the loop's budget gets a retry for six requests.
      for (int i = 0; i < 6; i++) {
        client.send(request("GET"));
        assertThat(outcome(client)).isEqualTo("200");
      }
      reached.set(0);
      plan = how;
      client.send(request);
      String got = outcome(client);
      String at = "after " + how.read + " bytes of the request and " + how.written + " of the answer";
      if (how.reset && how.written > 0) {
        // A reset may overtake what was written before it.
        assertThat(got).as(at).isIn(expected, "502", "cut", request.startsWith("GET") ? "200" : "502");
      } else if (how.read == 0 && how.written == 0) {
        // A connection that breaks before anything is sent is as good as refused.
        assertThat(got).as(at).isIn(expected, "200");
      } else {
        assertThat(got).as(at).isEqualTo(expected);
      }
      assertThat(reached.get()).as("backends reached, broken " + at).isLessThanOrEqualTo(how.reset && how.written > 0 && request.startsWith("GET") ? 2 : mostReached);
    } finally {
      plan = Break.none();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PATCH", "PUT"})
  void aBodyThatIsStillComing(String method) throws Exception {
    try (TestBackend one = fresh(); TestBackend two = fresh(); GatewayHarness gateway = gateway(one, two, false)) {
      for (int read = 1; read <= 20; read++) {
        reached.set(0);
        Break how = Break.of(read, 0, read % 2 == 0);
        plan = how;
        try (RawClient client = gateway.client()) {
          client.send(method + " /r HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n01234");
          assertThat(how.done.await(10, TimeUnit.SECONDS)).isTrue();
          assertThat(outcome(client)).as("after " + read).isEqualTo("502");
        } finally {
          plan = Break.none();
        }
        assertThat(reached.get()).as("after " + read).isEqualTo(1);
      }
    }
  }

  @Test
  void nothingIsRepeatedAfterAnInterimAnswerHasReachedTheClient() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    TestBackend.Script script = connection -> {
      connection.head();
      calls.incrementAndGet();
      connection.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
      // no final answer
    };
    try (TestBackend one = TestBackend.of(script); TestBackend two = TestBackend.of(script)) {
      for (String filter : new String[] {"", "retry(3, 0, 502) -> "}) {
        calls.set(0);
        try (GatewayHarness gateway = GatewayHarness.start(
                "r: * -> " + filter + "<\"" + one.endpoint().text() + "\", \"" + two.endpoint().text() + "\">;");
            RawClient client = gateway.client()) {
          client.send(request("GET"));
          assertThat(client.head()).startsWith("HTTP/1.1 103 ");
          assertThat(client.head()).startsWith("HTTP/1.1 502 ");
          assertThat(calls).as("with \"" + filter + "\"").hasValue(1);
        }
      }
    }
  }
}
