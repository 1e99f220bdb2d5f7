package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.Engine;
import dev.sluice.proxy.fixture.MiniProxy;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.loop.LoopSelector;
import dev.sluice.proxy.loop.Tricks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
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

  @ParameterizedTest
  @MethodSource("dev.sluice.proxy.fixture.Engine#tricks")
  void manyClientsAreSharedAmongTheLoopsOfSeveralListeners(Tricks tricks) throws Exception {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (TestBackend backend = TestBackend.echo();
        Engine engine = Engine.before(backend, s -> s.withTricks(tricks).withLoops(3)
            .withListeners(List.of(ListenerSettings.main(any), ListenerSettings.main(any))))) {
      assertThat(engine.server().addresses()).hasSize(2).doesNotHaveDuplicates();
      List<Thread> threads = new ArrayList<>();
      AtomicInteger good = new AtomicInteger();
      for (int i = 0; i < 24; i++) {
        InetSocketAddress address = engine.server().addresses().get(i % 2);
        threads.add(Thread.ofVirtual().start(() -> {
          try (RawClient client = RawClient.connect(address)) {
            for (int n = 0; n < 50; n++) {
              client.send("POST /" + n + " HTTP/1.1\r\nHost: h\r\nContent-Length: 3000\r\n\r\n" + "z".repeat(3000));
              if (client.body(client.head()).startsWith("POST /" + n + " HTTP/1.1\n")) {
                good.incrementAndGet();
              }
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(good).hasValue(24 * 50);
      assertThat(engine.proxy().offLoop()).isZero();
      // A client may have its answer before the exchange is over.
      await().atMost(Duration.ofSeconds(5)).until(() -> engine.server().exchanges() == 0);
      // No connection to the backend is shared: each loop has its own.
      assertThat(backend.connections()).isBetween(3, 24);
    }
  }

  @Test
  void theLoopWithTheFewestClientsGetsTheNextOne() throws Exception {
    try (TestBackend backend = TestBackend.echo(); Engine engine = Engine.before(backend, s -> s.withLoops(3))) {
      List<Integer> atRest = clients(engine);
      // Nine clients that stay come to three a loop.
      List<RawClient> staying = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        staying.add(engine.client());
        staying.getLast().get("/" + i);
      }
      assertThat(clients(engine).stream().mapToInt(n -> n).max().orElseThrow() - clients(engine).stream().mapToInt(n -> n).min().orElseThrow())
          .isLessThanOrEqualTo(1);
      for (RawClient client : staying) {
        client.close();
      }
      await().atMost(Duration.ofSeconds(5)).until(() -> clients(engine).equals(atRest));
      // One at a time share a loop, and so one connection to the backend.
      int before = backend.connections();
      for (int i = 0; i < 6; i++) {
        try (RawClient client = engine.client()) {
          client.get("/" + i);
        }
        await().atMost(Duration.ofSeconds(5)).until(() -> clients(engine).equals(atRest));
      }
      assertThat(backend.connections()).isEqualTo(before);
    }
  }

  private static List<Integer> clients(Engine engine) {
    return engine.server().loops().stream().map(loop -> ((LoopSelector) loop).clients()).toList();
  }

  @Test
  void anAddressInUseIsToldByName() throws Exception {
    try (TestBackend backend = TestBackend.echo(); Engine engine = Engine.before(backend, Tricks.ON)) {
      LoopServer second = new LoopServer(LoopSettings.on(engine.address()).withLoops(1), new MiniProxy(backend.endpoint()));
      assertThatThrownBy(second::start).isInstanceOf(IOException.class)
          .hasMessage("cannot listen on " + engine.address() + ": Address already in use");
    }
  }
}
