package dev.sluice.extensions.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.routes.spi.Snapshot;
import dev.sluice.routes.spi.StoredRoute;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// A running data client, and what it published.
final class Followed implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(30);

  private final EtcdDataClient client;
  private final List<Snapshot> published = new CopyOnWriteArrayList<>();
  private final Thread thread;

  Followed(Duration timeout, String... urls) {
    this(EtcdServers.of(List.of(urls), "/skipper", timeout, false, null));
  }

  Followed(EtcdServers servers) {
    client = new EtcdDataClient(servers, Duration.ofMillis(100));
    thread = Thread.ofVirtual().start(() -> {
      try {
        client.run(published::add);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    });
  }

  List<Snapshot> published() {
    return published;
  }

  Map<String, String> routes() {
    Map<String, String> routes = new TreeMap<>();
    if (!published.isEmpty()) {
      for (StoredRoute route : published.getLast().routes()) {
        routes.put(route.id(), new String(route.text().bytes(), StandardCharsets.UTF_8));
      }
    }
    return routes;
  }

  void awaitRoutes(Map<String, String> expected) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(5)).untilAsserted(() -> {
      assertThat(published).isNotEmpty();
      assertThat(problems()).isEmpty();
      assertThat(routes()).isEqualTo(expected);
    });
  }

  void awaitProblem(String message) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(5)).untilAsserted(() -> assertThat(problems()).containsExactly(message));
  }

  private List<String> problems() {
    return published.isEmpty() ? List.of() : published.getLast().problems().stream().map(Diagnostic::message).toList();
  }

  @Override
  public void close() throws InterruptedException {
    client.close();
    assertThat(thread.join(SOON)).as("it ends when it is closed").isTrue();
  }
}
