package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.balance.BuiltinAlgorithms;
import dev.sluice.proxy.filter.BuiltinFilters;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.flag.LimitFlags;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.LogFlags;
import dev.sluice.proxy.flag.RouteFlags;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.predicate.BuiltinPredicates;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import dev.sluice.routes.spi.Verdict;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A route file is replaced again and again while clients ask: each request sees one table from start to end, none fails, what a switch drops is
/// closed once and not before it is out of use, and what stays keeps its state.
class TableSwitchUnderLoadTest {
  private static final int SWITCHES = 100;
  private static final int CLIENTS = 3;
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final AtomicInteger MADE = new AtomicInteger();
  private static final AtomicInteger CLOSED = new AtomicInteger();
  private static final AtomicInteger MISUSED = new AtomicInteger();

  @TempDir
  Path folder;

  private Gateway gateway;

  /// A filter that must be closed once, and not be used afterwards.
  @Declaration(name = "held", summary = "Must not be used when closed")
  public record Held(@Arg("Number") int number) implements FilterSpec {
    @Override
    public Filter create(Services services, Site site) {
      MADE.incrementAndGet();
      return new HeldFilter();
    }
  }

  private static final class HeldFilter implements Filter {
    private final AtomicBoolean closed = new AtomicBoolean();

    @Override
    public Verdict request(Exchange x) {
      MISUSED.addAndGet(closed.get() ? 1 : 0);
      return Verdict.CONTINUE;
    }

    @Override
    public Verdict response(Exchange x) {
      MISUSED.addAndGet(closed.get() ? 1 : 0);
      return Verdict.CONTINUE;
    }

    @Override
    public void close() {
      MISUSED.addAndGet(closed.getAndSet(true) ? 1 : 0);
      CLOSED.incrementAndGet();
    }
  }

  @BeforeEach
  void reset() {
    MADE.set(0);
    CLOSED.set(0);
    MISUSED.set(0);
  }

  @AfterEach
  void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  private void start(String routes) throws Exception {
    Path file = Files.writeString(folder.resolve("r.gw"), routes);
    var filters = new ArrayList<Class<? extends FilterSpec>>(BuiltinFilters.ALL);
    filters.add(Held.class);
    GatewaySettings settings = GatewaySettings.defaults()
        .with(ListenerFlags.ADDRESS, "127.0.0.1:0")
        .with(ListenerFlags.SUPPORT_LISTENER, "")
        .with(LogFlags.ACCESS_LOG_DISABLED, true)
        .with(LimitFlags.ENABLE_RATELIMITS, true)
        .with(RouteFlags.ROUTES_FILE, List.of(file.toString()))
        .with(RouteFlags.WAIT_FIRST_ROUTE_LOAD, true);
    gateway = Gateway.start(settings, Catalog.of(filters, BuiltinPredicates.ALL, BuiltinAlgorithms.ALL), Path.of(""),
        new PrintStream(OutputStream.nullOutputStream()));
  }

  private void replace(String routes) throws IOException {
    Path next = Files.writeString(folder.resolve("next"), routes);
    Files.move(next, folder.resolve("r.gw"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private RawClient client() throws IOException {
    return RawClient.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), gateway.addresses().getFirst().getPort()));
  }

  private static String version(int n) {
    return """
        a: Path("/a") -> held(%1$d) -> setResponseHeader("X-First", "%1$d") -> latency("2ms") -> setPath("/b") -> <loopback>;
        b: Path("/b") -> held(%1$d) -> held(-1) -> setResponseHeader("X-Second", "%1$d") -> inlineContent("%1$d") -> <shunt>;
        """.formatted(n);
  }

  /// Asks on one connection until told to end.
  ///
  /// @return how many answers there were
  private int ask(AtomicBoolean running) throws IOException {
    int answers = 0;
    int last = 0;
    try (RawClient client = client()) {
      while (running.get()) {
        int seen = consistent(client.get("/a"));
        assertThat(seen).as("versions only go up").isGreaterThanOrEqualTo(last);
        last = seen;
        answers++;
      }
    }
    return answers;
  }

  private static int consistent(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 200 ");
    String body = answer.substring(answer.lastIndexOf('\n') + 1);
    assertThat(answer.lines()).contains("X-First: " + body, "X-Second: " + body);
    return Integer.parseInt(body);
  }

  @Test
  void everyRequestSeesOneTable() throws Exception {
    start(version(1));
    var running = new AtomicBoolean(true);
    var answers = new ArrayList<Future<Integer>>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      try {
        for (int i = 0; i < CLIENTS; i++) {
          answers.add(threads.submit(() -> ask(running)));
        }
        try (RawClient observer = client()) {
          for (int i = 2; i <= SWITCHES + 1; i++) {
            int wanted = i;
            replace(version(i));
            await().atMost(SOON).pollInterval(Duration.ofMillis(5))
                .until(() -> consistent(observer.get("/a")) == wanted);
          }
        }
      } finally {
        running.set(false);
      }
    }
    for (Future<Integer> each : answers) {
      assertThat(each.get()).isGreaterThan(SWITCHES);
    }
    int live = 3;
    assertThat(MADE).hasValue(2 * (SWITCHES + 1) + 1);
    await().untilAsserted(() -> assertThat(CLOSED).hasValue(MADE.get() - live));
    assertThat(MISUSED).hasValue(0);
  }

  @Test
  void unchangedRoutesKeepTheirCounters() throws Exception {
    var arrived = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    TestBackend.Script slow = connection -> {
      while (true) {
        connection.head();
        arrived.countDown();
        go.await();
        connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      }
    };
    try (TestBackend backend = TestBackend.of(slow); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      String kept = """
          limited: Path("/limited") -> ratelimit(2, "1h") -> status(200) -> <shunt>;
          queued: Path("/queued") -> held(0) -> fifo(1, 0, "10s") -> "%s";
          """.formatted(backend.endpoint().text());
      start(kept + version(1));
      try (RawClient client = client(); RawClient waiting = client()) {
        assertThat(client.get("/limited")).startsWith("HTTP/1.1 200 ");
        assertThat(client.get("/limited")).startsWith("HTTP/1.1 200 ");
        Callable<String> first = () -> waiting.get("/queued");
        Future<String> held = threads.submit(first);
        arrived.await();
        for (int i = 2; i < 6; i++) {
          int wanted = i;
          replace(i % 2 == 0 ? version(i) + kept : kept + version(i));
          await().atMost(SOON).pollInterval(Duration.ofMillis(5)).until(() -> consistent(client.get("/a")) == wanted);
          assertThat(client.get("/limited")).as("after switch to " + i).startsWith("HTTP/1.1 429 ");
          assertThat(client.get("/queued")).as("after switch to " + i).startsWith("HTTP/1.1 503 ");
        }
        go.countDown();
        assertThat(held.get()).startsWith("HTTP/1.1 200 ").endsWith("ok");
        assertThat(client.get("/queued")).startsWith("HTTP/1.1 200 ").endsWith("ok");
      } finally {
        go.countDown();
      }
      assertThat(MADE).as("held(0), held(-1), and two of each version").hasValue(2 + 2 * 5);
      await().untilAsserted(() -> assertThat(CLOSED).hasValue(2 * 4));
      assertThat(MISUSED).hasValue(0);
    }
  }

  @Test
  void aDroppedFilterIsClosedWhenItsLastExchangeHasEnded() throws Exception {
    var arrived = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    TestBackend.Script slow = connection -> {
      connection.head();
      arrived.countDown();
      go.await();
      connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    };
    try (TestBackend backend = TestBackend.of(slow); var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      start("old: Path(\"/old\") -> held(0) -> \"" + backend.endpoint().text() + "\"; v: Path(\"/v\") -> inlineContent(\"1\") -> <shunt>;");
      try (RawClient client = client(); RawClient waiting = client()) {
        Callable<String> first = () -> waiting.get("/old");
        Future<String> held = threads.submit(first);
        arrived.await();
        replace("v: Path(\"/v\") -> inlineContent(\"2\") -> <shunt>;");
        await().atMost(SOON).until(() -> client.get("/v").endsWith("2"));
        assertThat(client.get("/old")).startsWith("HTTP/1.1 404 ");
        assertThat(CLOSED).as("while a request uses it").hasValue(0);
        go.countDown();
        assertThat(held.get()).startsWith("HTTP/1.1 200 ").endsWith("ok");
        await().untilAsserted(() -> assertThat(CLOSED).hasValue(1));
      } finally {
        go.countDown();
      }
      assertThat(MISUSED).hasValue(0);
    }
  }
}
