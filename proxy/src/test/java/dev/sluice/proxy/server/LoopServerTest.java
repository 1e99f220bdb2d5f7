package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.fixture.Engine;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.loop.Tricks;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LoopServerTest {
  @ParameterizedTest
  @MethodSource("dev.sluice.proxy.fixture.Engine#tricks")
  void proxiesGetAndPostOnKeptConnections(Tricks tricks) throws Exception {
    try (TestBackend backend = TestBackend.echo(); Engine engine = Engine.before(backend, tricks); RawClient client = engine.client()) {
      for (int i = 0; i < 3; i++) {
        assertThat(client.get("/a//b/../c?x=%25|" + i)).startsWith("HTTP/1.1 200 OK\n").contains("GET /a//b/../c?x=%25|" + i + " HTTP/1.1\n");
        client.send("POST /p HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello");
        String head = client.head();
        assertThat(client.body(head)).contains("POST /p HTTP/1.1").endsWith("\n\nhello");
      }
      assertThat(backend.connections()).isEqualTo(1);
      assertThat(engine.proxy().offLoop()).isZero();
    }
  }
}
