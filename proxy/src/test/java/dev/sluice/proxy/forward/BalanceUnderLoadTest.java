package dev.sluice.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.RawClient;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.flag.LogFlags;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Algorithms that go by requests under way, while requests are under way.
@Timeout(60)
class BalanceUnderLoadTest {
  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  /// A backend that counts requests and what is held of them.
  private static final class Counting implements AutoCloseable {
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger served = new AtomicInteger();
    private final TestBackend backend;

    Counting(CountDownLatch until, long millis) throws IOException {
      backend = TestBackend.of(connection -> {
        while (true) {
          connection.head();
          held.incrementAndGet();
          until.await(millis, TimeUnit.MILLISECONDS);
          held.decrementAndGet();
          served.incrementAndGet();
          connection.send(OK);
        }
      });
    }

    @Override
    public void close() throws IOException {
      backend.close();
    }
  }

  private static String group(String filters, String algorithm, List<Counting> backends) {
    StringBuilder route = new StringBuilder("r: * -> " + filters + "<" + algorithm);
    backends.forEach(each -> route.append(", \"").append(each.backend.endpoint().text()).append('"'));
    return route.append(">;").toString();
  }

  private static Future<String> get(ExecutorService threads, GatewayHarness gateway) {
    Callable<String> call = () -> gateway.get("/");
    return threads.submit(call);
  }

  @ParameterizedTest
  @CsvSource({"1.25, 13", "2, 21", "0, 40"})
  void aBusyEndpointOfConsistentHashPassesItsKeyOn(double factor, int most) throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    List<Counting> backends = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      backends.add(new Counting(release, 20_000));
    }
    String filters = "consistentHashKey(\"one\") -> " + (factor == 0 ? "" : "consistentHashBalanceFactor(" + factor + ") -> ");
    try (GatewayHarness gateway = GatewayHarness.start(group(filters, "consistentHash", backends), flags -> flags.with(LogFlags.ACCESS_LOG_DISABLED, true));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        int sent = i + 1;
        answers.add(get(threads, gateway));
        // One after the other: loops decide at the same time otherwise, each not knowing of the other's request.
        await().until(() -> backends.stream().mapToInt(each -> each.held.get()).sum() == sent);
        int busiest = backends.stream().mapToInt(each -> each.held.get()).max().orElseThrow();
        assertThat(busiest).as("of %s", sent).isLessThanOrEqualTo(factor == 0 ? sent : (int) (factor * sent / 4) + 1);
      }
      assertThat(backends.stream().mapToInt(each -> each.held.get()).max()).hasValue(most);
      release.countDown();
      for (Future<String> each : answers) {
        assertThat(each.get()).startsWith("HTTP/1.1 200 ");
      }
    } finally {
      release.countDown();
      for (Counting each : backends) {
        each.close();
      }
    }
  }

  /// One endpoint of four is slow. By chance it gets its quarter of the requests; as one of two choices only what draws it twice, a sixteenth; and
  /// by the fewest requests as many at a time as the others, which is hardly any.
  @ParameterizedTest
  @CsvSource({"random, 0.15, 0.35", "powerOfRandomNChoices, 0.03, 0.11", "leastRequests, 0.0001, 0.05"})
  void aSlowEndpointGetsWhatTheAlgorithmSays(String algorithm, double least, double most) throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    List<Counting> backends = List.of(new Counting(never, 60), new Counting(never, 1), new Counting(never, 1), new Counting(never, 1));
    try (GatewayHarness gateway = GatewayHarness.start(group("", algorithm, backends), flags -> flags.with(LogFlags.ACCESS_LOG_DISABLED, true));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      AtomicInteger left = new AtomicInteger(1500);
      List<Future<Void>> clients = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        Callable<Void> client = () -> {
          try (RawClient own = gateway.client()) {
            while (left.getAndDecrement() > 0) {
              assertThat(own.get("/")).startsWith("HTTP/1.1 200 ");
            }
          }
          return null;
        };
        clients.add(threads.submit(client));
      }
      for (Future<Void> each : clients) {
        each.get();
      }
      double all = backends.stream().mapToInt(each -> each.served.get()).sum();
      assertThat(backends.getFirst().served.get() / all).as("share of the slow one").isBetween(least, most);
    } finally {
      for (Counting each : backends) {
        each.close();
      }
    }
  }

  @Test
  void countsEndWithTheHead() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    try (TestBackend streaming = TestBackend.of(connection -> {
          connection.head();
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nok");
          release.await(20, TimeUnit.SECONDS);
          connection.send("ok");
        });
        GatewayHarness gateway = GatewayHarness.start("r: * -> <leastRequests, \"" + streaming.endpoint().text() + "\">;",
            flags -> flags.with(dev.sluice.proxy.flag.ListenerFlags.SUPPORT_LISTENER, "127.0.0.1:0"));
        RawClient client = gateway.client()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      client.head();
      try (RawClient admin = RawClient.connect(gateway.gateway().adminAddress())) {
        assertThat(admin.get("/endpoints")).contains("\"endpoint\":\"127.0.0.1:" + streaming.port() + "\",\"requests\":0,");
      }
      release.countDown();
      assertThat(client.text(4)).isEqualTo("okok");
    } finally {
      release.countDown();
    }
  }
}
