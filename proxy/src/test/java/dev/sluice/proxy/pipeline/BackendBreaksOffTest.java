package dev.sluice.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import java.io.EOFException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A backend's broken answer is never taken for a complete one.
class BackendBreaksOffTest {
  @ParameterizedTest
  @CsvSource({
    "'Content-Length: 10\r\n\r\n', 12345",
    "'Transfer-Encoding: chunked\r\n\r\n', '5\r\nhello\r\n'",
    "'Transfer-Encoding: chunked\r\n\r\n', '5\r\nhel'",
    "'Transfer-Encoding: chunked\r\n\r\n', 'zz\r\n'",
  })
  void inTheBody(String head, String body) throws Exception {
    try (var backend = TestBackend.of(connection -> {
          connection.head();
          connection.send("HTTP/1.1 200 OK\r\n" + head + body);
        });
        var gateway = GatewayHarness.start("r: * -> \"http://127.0.0.1:" + backend.endpoint().port() + "\";");
        RawClient client = gateway.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      String answer;
      try {
        answer = client.head();
      } catch (EOFException e) {
        return; // cut before the head: no complete answer either
      }
      assertThat(answer).satisfiesAnyOf(
          status -> assertThat(status).startsWith("HTTP/1.1 502"),
          status -> assertThatThrownBy(() -> client.body(answer)).isInstanceOf(EOFException.class));
    }
  }

  @ParameterizedTest
  @CsvSource({"''", "'HTTP/1.1 '", "'HTTP/1.1 200 OK\r\nContent-Le'", "'garbage\r\n\r\n'", "'HTTP/1.1 000 Zero\r\n\r\n'"})
  void beforeACompleteHead(String bytes) throws Exception {
    try (var backend = TestBackend.of(connection -> {
          connection.head();
          connection.send(bytes);
        });
        var gateway = GatewayHarness.start("r: * -> \"http://127.0.0.1:" + backend.endpoint().port() + "\";")) {
      assertThat(gateway.get("/")).startsWith("HTTP/1.1 502").endsWith("Bad Gateway\n");
    }
  }

  @Test
  void inABodyThatAStepChanges() throws Exception {
    try (var backend = TestBackend.of(connection -> {
          connection.head();
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nfoo foo foo");
        });
        var gateway = GatewayHarness.start("r: * -> sed(\"foo\", \"bar\") -> \"http://127.0.0.1:" + backend.endpoint().port() + "\";");
        RawClient client = gateway.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      String head = client.head();
      assertThat(head).satisfiesAnyOf(
          status -> assertThat(status).startsWith("HTTP/1.1 502"),
          status -> assertThatThrownBy(() -> client.body(head)).isInstanceOf(EOFException.class));
    }
  }
}
