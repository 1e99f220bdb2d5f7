package dev.sluice.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.Caller;
import dev.sluice.proxy.fixture.Engine;
import dev.sluice.proxy.fixture.JettyBackend;
import dev.sluice.proxy.fixture.TestTls;
import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.loop.Tricks;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Blocker;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;

/// Calls of a stock Jetty, whatever is spoken to it. At the end of each test no buffer is missing.
@Timeout(60)
abstract class CallContract {
  /// What is spoken to the backend.
  enum Spoken {
    HTTP_1,
    HTTP_1_TLS,
    H2C,
    H2,
    /// With all of Jetty's own threads.
    H2_STOCK;

    boolean tls() {
      return this == HTTP_1_TLS || this == H2 || this == H2_STOCK;
    }

    boolean http2() {
      return ordinal() >= H2C.ordinal();
    }

    String scheme() {
      return this == H2C ? "h2c" : tls() ? "https" : "http";
    }
  }

  final Spoken spoken;
  final List<AutoCloseable> open = new ArrayList<>();
  Engine engine;
  JettyBackend backend;

  CallContract(Spoken spoken) {
    this.spoken = spoken;
  }

  /// What a backend does with a request, on a thread that may block.
  interface Exchange {
    void handle(Request request, Response response) throws Exception;
  }

  Caller caller(Exchange exchange) throws IOException {
    backend = new JettyBackend(spoken.tls(), 20, new Handler.Abstract() {
      @Override
      public boolean handle(Request request, Response response, Callback callback) throws Exception {
        exchange.handle(request, response);
        callback.succeeded();
        return true;
      }
    });
    open.add(backend);
    engine = Engine.before(dev.sluice.proxy.fixture.TestBackend.echo(), s -> s
        .withTricks(spoken == Spoken.H2_STOCK ? Tricks.OFF : Tricks.ON)
        .withUpstream(s.upstream().withTls(TestTls.trusting())
            .withReach(spoken.http2() ? UpstreamSettings.Reach.HTTP_2 : UpstreamSettings.Reach.PLAIN)));
    open.add(engine);
    EventLoop loop = engine.server().anyLoop();
    return new Caller(loop, engine.server().upstream(loop), backend.endpoint(spoken.scheme()));
  }

  @AfterEach
  void allIsGivenBack() throws Exception {
    try {
      await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> assertThat(engine.heldBuffers()).as(engine.leaks()).isZero());
    } finally {
      for (AutoCloseable each : open.reversed()) {
        each.close();
      }
    }
  }

  static void write(Response response, boolean last, String text) throws IOException {
    try (Blocker.Callback blocker = Blocker.callback()) {
      response.write(last, ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1)), blocker);
      blocker.block();
    }
  }

  static void echo(Request request, Response response) throws IOException {
    StringBuilder text = new StringBuilder(
        request.getMethod() + " " + request.getHttpURI().getPathQuery() + "\nhost: " + request.getHttpURI().getHost() + "\n");
    for (HttpField field : request.getHeaders()) {
      if (field.getLowerCaseName().equals("host")) {
        continue;
      }
      text.append(field.getLowerCaseName()).append(": ").append(field.getValue()).append('\n');
    }
    String body = Content.Source.asString(request, StandardCharsets.ISO_8859_1);
    text.append('\n').append(body);
    HttpFields trailers = request.getTrailers();
    if (trailers != null) {
      trailers.forEach(field -> text.append('\n').append(field.getName()).append(": ").append(field.getValue()));
    }
    write(response, true, text.toString());
  }
}
