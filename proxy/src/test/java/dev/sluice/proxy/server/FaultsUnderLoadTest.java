package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.Raw;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.LimitFlags;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.LogFlags;
import dev.sluice.proxy.flag.MetricFlags;
import dev.sluice.proxy.flag.RouteFlags;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Backends that fail in every way, and clients that leave, all at once for some seconds: each request ends in a way that is stated here, and afterwards
/// nothing is held that was held before.
@Timeout(120)
class FaultsUnderLoadTest {
  private static final int CLIENTS = 64;
  private static final Duration HEAD_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration LOAD = Duration.ofSeconds(4);
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n0123456789";
  private static final String LEFT = "left";

  @TempDir
  Path folder;

  private final CountDownLatch over = new CountDownLatch(1);
  private final AtomicBoolean failing = new AtomicBoolean(true);
  private final Map<String, Map<String, LongAdder>> seen = new ConcurrentHashMap<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  /// What a backend does with each request, and what may come of it.
  private record Fault(TestBackend.Script answer, Set<String> outcomes) {}

  private Map<String, Fault> faults() {
    Map<String, Fault> faults = new LinkedHashMap<>();
    faults.put("good", new Fault(c -> c.send(OK), Set.of("200")));
    faults.put("hang", new Fault(c -> over.await(20, TimeUnit.SECONDS), Set.of("504")));
    faults.put("reset", new Fault(Raw::reset, Set.of("502")));
    faults.put("half", new Fault(c -> {
      c.shutdownOutput();
      c.ended();
    }, Set.of("502")));
    faults.put("garbage", new Fault(c -> c.send("\u0000\u0001 what?\r\n\r\n").ended(), Set.of("502")));
    faults.put("long", new Fault(c -> c.send(OK + "and more"), Set.of("200")));
    faults.put("short", new Fault(c -> {
      c.send(OK.substring(0, OK.length() - 3));
      c.close();
    }, Set.of("200 cut")));
    faults.put("shortreset", new Fault(c -> c.send(OK.substring(0, OK.length() - 3)).reset(), Set.of("200 cut", "502")));
    faults.put("chunk", new Fault(c -> c.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloX\r\n0\r\n\r\n").ended(), Set.of("200 cut")));
    faults.put("drip", new Fault(c -> {
      int body = OK.length() - 10;
      c.send(OK.substring(0, body));
      for (char each : OK.substring(body).toCharArray()) {
        over.await(5, TimeUnit.MILLISECONDS);
        c.send(String.valueOf(each));
      }
    }, Set.of("200")));
    faults.put("interim", new Fault(c -> {
      c.send("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
      c.close();
    }, Set.of("502")));
    faults.put("interims", new Fault(c -> c.send("HTTP/1.1 102 Wait\r\n\r\n".repeat(20)).ended(), Set.of("502")));
    faults.put("late", new Fault(c -> {
      over.await(HEAD_TIMEOUT.toMillis() + 300, TimeUnit.MILLISECONDS);
      c.send(OK);
    }, Set.of("504")));
    faults.put("early", new Fault(c -> { // answers before it has read the request's body, and closes
      c.send("HTTP/1.1 413 No\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      c.close();
    }, Set.of("413", "502")));
    return faults;
  }

  private TestBackend backend(String name, Fault fault) throws IOException {
    TestBackend backend = TestBackend.of(connection -> {
      while (true) {
        String head = connection.head();
        if (!name.equals("early")) {
          connection.body(head);
        }
        fault.answer.run(connection);
      }
    });
    open.add(backend);
    return backend;
  }

  @Test
  void everyRequestEndsAsStatedAndNothingIsLeftBehind() throws Exception {
    long seed = System.nanoTime();
    Map<String, Fault> faults = faults();
    StringBuilder routes = new StringBuilder();
    StringBuilder all = new StringBuilder();
    Map<String, Set<String>> outcomes = new TreeMap<>();
    for (var each : faults.entrySet()) {
      String endpoint = backend(each.getKey(), each.getValue()).endpoint().text();
      routes.append(each.getKey()).append(": Path(\"/").append(each.getKey()).append("\") -> \"").append(endpoint).append("\";\n");
      outcomes.put(each.getKey(), each.getValue().outcomes);
      all.append(", \"").append(endpoint).append('"');
    }
    Socket refusing = new Socket();
    open.add(refusing);
    refusing.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)); // nobody listens there
    String refused = "http://127.0.0.1:" + refusing.getLocalPort();
    outcomes.put("refuse", Set.of("502"));
    Set<String> any = Set.of("200", "200 cut", "413", "502", "504");
    Set<String> limited = Set.of("200", "200 cut", "413", "502", "503", "504");
    outcomes.put("any", any);
    outcomes.put("again", any);
    outcomes.put("queue", limited);
    outcomes.put("checked", any);
    outcomes.put("breaker", Set.of("200", "502", "503"));
    TestBackend flipping = TestBackend.of(connection -> {
      while (true) {
        connection.body(connection.head());
        if (failing.get()) {
          connection.reset();
        }
        connection.send(OK);
      }
    });
    open.add(flipping);
    routes.append("""
        refuse: Path("/refuse") -> "%1$s";
        any: Path("/any") -> <random, "%1$s"%2$s>;
        again: Path("/again") -> retry(3, 65536, 502, 503) -> <"%1$s"%2$s>;
        queue: Path("/queue") -> fifo(4, 4, "100ms") -> compress() -> <leastRequests, "%1$s"%2$s>;
        checked: Path("/checked") -> endpointCheck("/any", "interval=100ms", "timeout=100ms") -> fadeIn("1s") -> <consistentHash, "%1$s"%2$s>;
        breaker: Path("/breaker") -> consecutiveBreaker(3, "100ms", 1) -> "%3$s";
        """.formatted(refused, all, flipping.endpoint().text()));
    Path file = Files.writeString(folder.resolve("r.gw"), routes);
    try (GatewayHarness gateway = GatewayHarness.start("", flags -> flags
        .with(RouteFlags.INLINE_ROUTES, "")
        .with(RouteFlags.ROUTES_FILE, List.of(file.toString()))
        .with(LogFlags.ACCESS_LOG_DISABLED, true)
        .with(ListenerFlags.SUPPORT_LISTENER, "127.0.0.1:0")
        .with(MetricFlags.METRICS_FLAVOUR, List.of("prometheus"))
        .with(LimitFlags.ENABLE_BREAKERS, true)
        .with(BackendFlags.PASSIVE_HEALTH_CHECK, Map.of("period", "500ms", "min-requests", "5", "max-drop-probability", "0.5"))
        .with(BackendFlags.CLOSE_IDLE_CONNS_PERIOD, Duration.ofSeconds(1))
        .with(BackendFlags.RESPONSE_HEADER_TIMEOUT_BACKEND, HEAD_TIMEOUT))) {
      load(gateway, List.copyOf(outcomes.keySet()), seed);
      over.countDown();
      assertThat(seen.keySet()).containsAll(outcomes.keySet());
      outcomes.forEach((path, stated) ->
          assertThat(seen.get(path).keySet()).as("/" + path + " with seed " + seed).isSubsetOf(with(stated, LEFT)).containsAnyElementsOf(stated));
      recovered(gateway);
      nothingIsHeld(gateway);
    } finally {
      over.countDown();
      for (AutoCloseable each : open) {
        each.close();
      }
    }
  }

  private static Set<String> with(Set<String> some, String more) {
    Set<String> all = new java.util.TreeSet<>(some);
    all.add(more);
    return all;
  }

  private void load(GatewayHarness gateway, List<String> paths, long seed) throws Exception {
    long end = System.nanoTime() + LOAD.toNanos();
    AtomicInteger turn = new AtomicInteger();
    List<Future<Void>> clients = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < CLIENTS; i++) {
        Random random = new Random(seed + i);
        Callable<Void> client = () -> {
          while (System.nanoTime() - end < 0) {
            String path = paths.get(turn.getAndIncrement() % paths.size());
            seen.computeIfAbsent(path, p -> new ConcurrentHashMap<>()).computeIfAbsent(ask(gateway, path, random), o -> new LongAdder()).increment();
          }
          return null;
        };
        clients.add(threads.submit(client));
      }
      await().atMost(LOAD).pollInterval(Duration.ofMillis(20)).untilAsserted(() ->
          assertThat(metrics(gateway)).doesNotContain("\nsluice_exchanges 0\n", "\nsluice_backend_connections 0\n", "\nsluice_connections_open 0\n"));
    }
    for (Future<Void> client : clients) {
      client.get();
    }
  }

  private static String ask(GatewayHarness gateway, String path, Random random) throws IOException {
    try (RawClient client = gateway.client()) {
      client.send(request(path, random.nextInt(4)));
      int how = random.nextInt(10);
      if (how == 0) {
        return LEFT;
      }
      if (how == 1) {
        client.reset();
        return LEFT;
      }
      return outcome(client);
    }
  }

  private static String request(String path, int kind) {
    String head = " /" + path + " HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n";
    return switch (kind) {
      case 0 -> "POST" + head + "Content-Length: 20000\r\n\r\n" + "x".repeat(20_000);
      case 1 -> "PUT" + head + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n";
      default -> "GET" + head + "\r\n";
    };
  }

  private static String outcome(RawClient client) throws IOException {
    String head;
    try {
      head = client.head();
      while (head.startsWith("HTTP/1.1 1")) {
        head = client.head();
      }
    } catch (EOFException | SocketException e) {
      return "nothing";
    }
    String status = head.substring(9, 12);
    try {
      client.body(head);
      return status;
    } catch (EOFException | SocketException e) {
      return status + " cut";
    }
  }

  /// No slot of the breaker was lost: when the backend is well it lets requests through again.
  private void recovered(GatewayHarness gateway) {
    failing.set(false);
    await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(20)).until(() -> gateway.get("/breaker").startsWith("HTTP/1.1 200 "));
    await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(5)).until(() -> {
      for (int i = 0; i < 10; i++) {
        if (!gateway.get("/breaker").startsWith("HTTP/1.1 200 ")) {
          return false;
        }
      }
      return true;
    });
  }

  private void nothingIsHeld(GatewayHarness gateway) throws IOException {
    Path next = Files.writeString(folder.resolve("next"), "none: * -> <shunt>;");
    Files.move(next, folder.resolve("r.gw"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING); // so that checks end
    int beats = gateway.gateway().server().loops().size();
    await().atMost(Duration.ofSeconds(20)).pollInterval(Duration.ofMillis(50)).untilAsserted(() ->
        assertThat(metrics(gateway)).contains(
            "\nsluice_exchanges 0\n",
            "\nsluice_connections_open 0\n",
            "\nsluice_endpoint_requests 0\n",
            "\nsluice_backend_connections 0\n",
            "\nsluice_buffers 0\n",
            "\nsluice_timers " + beats + "\n"));
  }

  private static String metrics(GatewayHarness gateway) throws IOException {
    try (RawClient client = RawClient.connect(gateway.gateway().adminAddress())) {
      return client.get("/metrics");
    }
  }
}
