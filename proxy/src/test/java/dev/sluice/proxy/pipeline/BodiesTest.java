package dev.sluice.proxy.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BodiesTest {
  private static final int MIB = 1 << 20;

  @Test
  void aSlowClientSlowsTheBackend() throws Exception {
    AtomicLong sent = new AtomicLong();
    CountDownLatch read = new CountDownLatch(1);
    try (var backend = TestBackend.of(connection -> {
          connection.head();
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: " + 256L * MIB + "\r\n\r\n");
          byte[] block = new byte[MIB];
          for (int i = 0; i < 256; i++) {
            connection.send(block);
            sent.addAndGet(block.length);
          }
          read.await();
        });
        var gateway = GatewayHarness.start("r: * -> \"http://127.0.0.1:" + backend.port() + "\";");
        RawClient client = RawClient.narrow(gateway.address())) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      client.head();
      long before = settled(sent);
      assertThat(before).as("bytes taken from the backend while the client reads nothing").isLessThan(64L * MIB);
      for (int i = 0; i < 256; i++) {
        client.bytes(MIB);
      }
      read.countDown();
      assertThat(sent).hasValue(256L * MIB);
    }
  }

  @Test
  void aSlowBackendSlowsTheClient() throws Exception {
    AtomicLong sent = new AtomicLong();
    CountDownLatch go = new CountDownLatch(1);
    try (var backend = TestBackend.narrow(connection -> {
          String head = connection.head();
          go.await();
          connection.body(head);
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        var gateway = GatewayHarness.start("r: * -> \"http://127.0.0.1:" + backend.port() + "\";");
        RawClient client = gateway.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: " + 64L * MIB + "\r\n\r\n");
      Thread upload = Thread.ofVirtual().start(() -> {
        byte[] block = new byte[MIB];
        try {
          for (int i = 0; i < 64; i++) {
            client.send(block);
            sent.addAndGet(block.length);
          }
        } catch (java.io.IOException e) {
          sent.set(-1);
        }
      });
      assertThat(settled(sent)).as("bytes taken from the client while the backend reads nothing").isLessThan(32L * MIB);
      go.countDown();
      upload.join();
      assertThat(client.head()).startsWith("HTTP/1.1 200");
      assertThat(sent).hasValue(64L * MIB);
    }
  }

  @Test
  void aStepChangesAStreamWithoutHoldingIt() throws Exception {
    CountDownLatch second = new CountDownLatch(1);
    try (var backend = TestBackend.of(connection -> {
          connection.head();
          connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\nfoo foo\n..\r\n");
          second.await();
          connection.send("4\r\nfoo\n\r\n0\r\n\r\n");
        });
        var gateway = GatewayHarness.start("r: * -> sedDelim(\"foo\", \"bar!\", \"\\n\") -> \"http://127.0.0.1:" + backend.port() + "\";");
        RawClient client = gateway.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      String head = client.head();
      assertThat(head).containsIgnoringCase("transfer-encoding: chunked");
      assertThat(client.line()).as("size of the first chunk").isNotEmpty();
      assertThat(client.text(10)).isEqualTo("bar! bar!\n");
      second.countDown();
      StringBuilder rest = new StringBuilder();
      while (rest.indexOf("bar!\n") < 0) {
        rest.append(client.text(1));
      }
    }
  }

  @Test
  void trailersGoBothWays() throws Exception {
    try (var backend = TestBackend.of(connection -> {
          String body = connection.body(connection.head());
          connection.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(body.length()) + "\r\n" + body
              + "\r\n0\r\nX-Back: " + connection.trailers().strip().replace("X-There: ", "") + "\r\n\r\n");
          connection.ended();
        });
        var gateway = GatewayHarness.start("r: * -> \"http://127.0.0.1:" + backend.port() + "\";");
        RawClient client = gateway.client()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nX-There: 7\r\n\r\n");
      String head = client.head();
      assertThat(client.body(head)).isEqualTo("hi");
      assertThat(client.trailers()).contains("X-Back: 7");
    }
  }

  @Test
  void aBodyThatNobodyTakesIsReadAndTheConnectionStays() throws Exception {
    try (var gateway = GatewayHarness.start("r: * -> status(204) -> <shunt>;");
        RawClient client = gateway.client()) {
      for (int i = 0; i < 3; i++) {
        client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n" + "x".repeat(100_000));
        assertThat(client.head()).startsWith("HTTP/1.1 204");
      }
    }
  }

  /// The count once it stands still.
  private static long settled(AtomicLong count) {
    long[] last = {-1, 0};
    await().pollInterval(java.time.Duration.ofMillis(50)).until(() -> {
      last[1] = count.get() == last[0] && last[0] > 0 ? last[1] + 1 : 0;
      last[0] = count.get();
      return last[1] >= 4;
    });
    return last[0];
  }
}
