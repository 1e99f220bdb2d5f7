package dev.sluice.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.Caller;
import dev.sluice.proxy.fixture.Engine;
import dev.sluice.proxy.fixture.Frames;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.loop.EventLoop;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/// Backends that speak HTTP/2 by the frames they are told. At the end of each test no buffer is missing.
@Timeout(60)
abstract class Http2Contract {
  static final int MAX_CONCURRENT_STREAMS = 3;
  static final int MAX_HEADER_LIST_SIZE = 6;

  final List<AutoCloseable> open = new ArrayList<>();
  Engine engine;

  /// What a backend does on a connection.
  interface Script {
    void run(Frames frames) throws Exception;
  }

  TestBackend backend(int[] settings, Script script) throws IOException {
    return TestBackend.of(connection -> {
      script.run(Frames.accept(connection, settings));
      connection.ended();
    });
  }

  Caller caller(TestBackend backend, UnaryOperator<UpstreamSettings> change) throws IOException {
    open.add(backend);
    engine = Engine.before(backend, s -> s.withUpstream(change.apply(s.upstream())));
    open.add(engine);
    EventLoop loop = engine.server().anyLoop();
    return new Caller(loop, engine.server().upstream(loop), TestBackend.endpoint("h2c", "127.0.0.1", backend.port()));
  }

  Caller caller(Script script) throws IOException {
    return caller(backend(new int[0], script), s -> s);
  }

  @AfterEach
  void allIsGivenBack() throws Exception {
    try {
      await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(held()).as(engine.leaks()).isZero());
    } finally {
      for (AutoCloseable each : open.reversed()) {
        each.close();
      }
    }
  }

  /// Buffers that nobody gave back, but for those that Jetty's parser drops with a head that is cut: it has no way to release them.
  private long held() {
    List<String> lines = engine.leaks().lines().toList();
    long cutHeads = lines.stream().filter(line -> line.contains(".HeaderBlockParser.parse(") || line.contains(".HeaderBlockFragments.storeFragment(")).count();
    return engine.heldBuffers() - cutHeads;
  }

  static void answer(Frames frames, String text) throws IOException {
    int stream = frames.request();
    frames.headers(stream, false, ":status", "200").data(stream, true, text);
  }
}
