package dev.sluice.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A client that goes away frees what its exchange holds, whatever that waits for.
class ClientLeavesTest {
  @Test
  void whileTheBackendThinks() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (var backend = TestBackend.of(connection -> {
          connection.head();
          asked.countDown();
          connection.ended();
          closed.countDown();
        });
        var gateway = GatewayHarness.start("r: * -> \"http://127.0.0.1:" + backend.endpoint().port() + "\";")) {
      RawClient client = gateway.client();
      client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      client.close();
      assertThat(closed.await(10, TimeUnit.SECONDS)).as("the backend's connection is closed").isTrue();
      await().until(() -> gateway.log().contains("\"GET /slow HTTP/1.1\" 499 0"));
    }
  }

  @Test
  void whileItWaitsInAQueue() throws Exception {
    CountDownLatch asked = new CountDownLatch(2);
    CountDownLatch answer = new CountDownLatch(1);
    try (var backend = TestBackend.of(connection -> {
          connection.head();
          asked.countDown();
          answer.await();
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        var gateway = GatewayHarness.start("r: * -> fifo(1, 5, \"30s\") -> \"http://127.0.0.1:" + backend.endpoint().port() + "\";");
        RawClient first = gateway.client();
        RawClient third = gateway.client()) {
      first.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\n");
      await().until(() -> asked.getCount() == 1);
      RawClient second = gateway.client();
      second.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
      second.close();
      await().until(() -> gateway.log().contains("\"GET /2 HTTP/1.1\" 499 0"));
      third.send("GET /3 HTTP/1.1\r\nHost: a\r\n\r\n");
      answer.countDown();
      assertThat(first.head()).startsWith("HTTP/1.1 200");
      assertThat(third.head()).startsWith("HTTP/1.1 200");
      assertThat(asked.getCount()).as("the one that left never reached the backend").isZero();
    }
  }

  @Test
  void whileItWaitsForATimer() throws Exception {
    try (var gateway = GatewayHarness.start("r: * -> latency(\"60s\") -> status(200) -> <shunt>;")) {
      RawClient client = gateway.client();
      client.send("GET /later HTTP/1.1\r\nHost: a\r\n\r\n");
      client.reset();
      await().until(() -> gateway.log().contains("\"GET /later HTTP/1.1\" 499 0"));
    }
  }

  @Test
  void whileAFilterWaitsOnItsVirtualThread() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (var hook = TestBackend.of(connection -> {
          connection.head();
          asked.countDown();
          connection.ended();
        });
        var gateway = GatewayHarness.start(
            "r: * -> webhook(\"http://127.0.0.1:" + hook.endpoint().port() + "/\") -> status(200) -> <shunt>;")) {
      RawClient client = gateway.client();
      client.send("GET /hooked HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      client.close();
      await().until(() -> gateway.log().contains("\"GET /hooked HTTP/1.1\" 499 0"));
    }
  }

  @Test
  void inTheMiddleOfTheAnswer() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    try (var backend = TestBackend.of(connection -> {
          connection.head();
          connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
          connection.ended();
          closed.countDown();
        });
        var gateway = GatewayHarness.start("r: * -> \"http://127.0.0.1:" + backend.endpoint().port() + "\";")) {
      RawClient client = gateway.client();
      client.send("GET /part HTTP/1.1\r\nHost: a\r\n\r\n");
      assertThat(client.head()).startsWith("HTTP/1.1 200");
      assertThat(client.text(8)).isEqualTo("5\r\nhello");
      client.close();
      assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
      await().until(() -> gateway.log().contains("\"GET /part HTTP/1.1\" 200 5"));
    }
  }

  @Test
  void inTheMiddleOfTheUpload() throws Exception {
    CountDownLatch part = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    try (var backend = TestBackend.of(connection -> {
          connection.head();
          connection.text(4);
          part.countDown();
          connection.ended();
          closed.countDown();
        });
        var gateway = GatewayHarness.start("r: * -> \"http://127.0.0.1:" + backend.endpoint().port() + "\";")) {
      RawClient client = gateway.client();
      client.send("POST /up HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nabcd");
      assertThat(part.await(10, TimeUnit.SECONDS)).isTrue();
      client.close();
      assertThat(closed.await(10, TimeUnit.SECONDS)).as("the backend does not take the upload for complete").isTrue();
    }
  }
}
