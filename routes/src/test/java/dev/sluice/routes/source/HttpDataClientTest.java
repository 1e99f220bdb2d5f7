package dev.sluice.routes.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import dev.sluice.routes.spi.Snapshot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpDataClientTest {
  private static final String ETAG = "\"v1\"";

  private final List<String> conditions = new CopyOnWriteArrayList<>();
  private final List<String> published = new CopyOnWriteArrayList<>();
  private volatile int status = 200;
  private volatile String body = "a: * -> <shunt>;";
  private HttpServer server;
  private HttpDataClient client;
  private Thread thread;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      String condition = exchange.getRequestHeaders().getFirst("If-None-Match");
      conditions.add(String.valueOf(condition));
      boolean same = status == 200 && ETAG.equals(condition) && body.startsWith("a");
      exchange.getResponseHeaders().set("ETag", body.startsWith("a") ? ETAG : "\"v2\"");
      byte[] bytes = same ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(same ? 304 : status, same ? -1 : bytes.length);
      if (!same) {
        exchange.getResponseBody().write(bytes);
      }
      exchange.close();
    });
    server.start();
    client = new HttpDataClient(
        URI.create("http://user:secret@127.0.0.1:" + server.getAddress().getPort() + "/routes"), Duration.ofMillis(300));
    thread = Thread.startVirtualThread(() -> {
      try {
        client.run(this::add);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  private void add(Snapshot snapshot) {
    snapshot.texts().forEach(text -> published.add(new String(text.bytes(), StandardCharsets.UTF_8)));
    snapshot.problems().forEach(problem -> published.add(problem.message()));
  }

  @AfterEach
  void stop() throws InterruptedException {
    client.close();
    thread.join(Duration.ofSeconds(10));
    assertThat(thread.isAlive()).isFalse();
    server.stop(0);
  }

  @Test
  void publishesWhenSomethingChanged() {
    await().until(() -> conditions.size() > 3);
    assertThat(published).containsExactly("a: * -> <shunt>;");
    assertThat(conditions).startsWith("null", ETAG, ETAG);
    body = "b: * -> <shunt>;";
    await().untilAsserted(() -> assertThat(published).contains("b: * -> <shunt>;"));
  }

  @Test
  void reportsAFailureOnceAndNotTheSecretOfItsUrl() {
    await().until(() -> !published.isEmpty());
    status = 500;
    body = "broken";
    await().until(() -> published.size() > 1);
    int requests = conditions.size();
    await().until(() -> conditions.size() > requests + 2);
    assertThat(published).hasSize(2);
    assertThat(published.get(1)).matches("routes cannot be fetched from http://127[.]0[.]0[.]1:[0-9]+/routes: status 500");
    status = 200;
    await().untilAsserted(() -> assertThat(published).endsWith("broken"));
  }
}
