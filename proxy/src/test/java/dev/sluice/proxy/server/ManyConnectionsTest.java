package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.Http2Tunnels;
import dev.sluice.proxy.fixture.ManyConnections;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.LogFlags;
import dev.sluice.proxy.flag.RouteFlags;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Thousands of WebSockets and slow streams stay open while routes are switched a hundred times, and cost neither threads nor heap.
///
/// Two thousand and two hundred of them; `-Dsluice.endurance=full` makes it ten thousand and one thousand. A quarter of the WebSockets share connections of
/// HTTP/2, so that 20,000 open files are enough for the gateway.
@Timeout(300)
class ManyConnectionsTest {
  private static final boolean FULL = "full".equals(System.getProperty("sluice.endurance"));
  private static final int SWITCHES = 100;
  private static final int NEW_AT_EACH = FULL ? 10 : 2;

  /// Open files of this process besides the two of each connection.
  private static final int OTHER_FILES = 500;

  /// Of a hundred connections 24 share sockets on the clients' side.
  private static final int FILES_OF_A_HUNDRED = 176;

  @TempDir
  Path folder;

  @Test
  void noneDropsAndNothingGrowsWhileRoutesAreSwitched() throws Exception {
    int wanted = FULL ? 11_000 : 2_200;
    int all = (int) Math.min(wanted, (files() - OTHER_FILES) * 100 / FILES_OF_A_HUNDRED);
    if (all < wanted) {
      System.err.println("only " + all + " of " + wanted + " connections: the limit of open files is " + files()
          + "; raise it with ulimit -n " + (wanted * FILES_OF_A_HUNDRED / 100 + OTHER_FILES));
    }
    int streams = all / 11;
    int added = SWITCHES * NEW_AT_EACH;
    int shared = all * 24 / 100;
    int tunnels = all - streams - added - shared;
    try (Many many = Many.start();
        GatewayHarness gateway = gateway(many.port);
        Http2Tunnels http2 = Http2Tunnels.open(gateway.address(), shared, "/tunnel")) {
      assertThat(many.ask("open " + gateway.address().getPort() + " " + tunnels + " " + streams)).isEqualTo("open " + tunnels + " " + streams);
      switchTo(gateway, many.port, 1);
      assertThat(many.ask("check")).isEqualTo("alive " + tunnels + " " + streams + " dropped 0");
      assertThat(http2.alive()).isEqualTo(shared);
      int threads = threads();
      long heap = heap();
      long direct = direct();
      for (int i = 2; i <= SWITCHES + 1; i++) {
        switchTo(gateway, many.port, i);
        many.ask("open " + gateway.address().getPort() + " " + NEW_AT_EACH + " 0");
      }
      assertThat(many.ask("check")).isEqualTo("alive " + (tunnels + added) + " " + streams + " dropped 0");
      assertThat(http2.alive()).isEqualTo(shared);
      assertThat(threads()).as("threads").isLessThanOrEqualTo(threads + 2);
      assertThat(heap()).as("bytes of heap, which were " + heap).isLessThan(heap + added * 20_000L + (8 << 20));
      assertThat(direct()).as("bytes of direct buffers, which were " + direct).isLessThan(direct + (8 << 20));
      assertThat(gateway.gateway().server().exchanges()).as("tunnels are none").isEqualTo(streams);
    }
  }

  private GatewayHarness gateway(int backend) throws Exception {
    Path file = Files.writeString(folder.resolve("r.gw"), routes(backend, 0));
    return GatewayHarness.start("", flags -> flags
        .with(RouteFlags.INLINE_ROUTES, "")
        .with(RouteFlags.ROUTES_FILE, List.of(file.toString()))
        .with(ListenerFlags.WRITE_TIMEOUT_SERVER, Duration.ofMinutes(10))
        .with(ListenerFlags.ENABLE_H2C_SERVER, true)
        .with(LogFlags.ACCESS_LOG_DISABLED, true));
  }

  /// The routes of the connections, and a thousand others; each switch changes all of them.
  private static String routes(int backend, int version) {
    StringBuilder routes = new StringBuilder();
    routes.append("version: Path(\"/version\") -> inlineContent(\"").append(version).append("\") -> <shunt>;\n");
    for (String path : List.of("tunnel", "stream")) {
      routes.append(path).append(": Path(\"/").append(path).append("\") -> setRequestHeader(\"X-Version\", \"").append(version)
          .append("\") -> \"http://127.0.0.1:").append(backend).append("\";\n");
    }
    for (int i = 0; i < 1000; i++) {
      routes.append('r').append(i).append(": Path(\"/r").append(i).append("\") -> setResponseHeader(\"X-Version\", \"").append(version)
          .append("\") -> <shunt>;\n");
    }
    return routes.toString();
  }

  private void switchTo(GatewayHarness gateway, int backend, int version) throws IOException {
    Path next = Files.writeString(folder.resolve("next"), routes(backend, version));
    Files.move(next, folder.resolve("r.gw"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    await().pollInterval(Duration.ofMillis(5)).until(() -> gateway.get("/version").endsWith("\n" + version));
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  private static long direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct")).mapToLong(BufferPoolMXBean::getMemoryUsed).sum();
  }

  /// How many files this process may open; a child of it as many.
  private static long files() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix ? unix.getMaxFileDescriptorCount() : 1024;
  }

  /// The process with clients and backend.
  private record Many(Process process, BufferedReader answers, PrintWriter orders, int port) implements AutoCloseable {
    static Many start() throws Exception {
      Path classes = Path.of(ManyConnections.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classes.toString(),
          "-Xmx256m", "-XX:+UseSerialGC", ManyConnections.class.getName()).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      BufferedReader answers = process.inputReader(StandardCharsets.US_ASCII);
      String first = answers.readLine();
      assertThat(first).startsWith("backend ");
      return new Many(process, answers, new PrintWriter(process.getOutputStream(), true, StandardCharsets.US_ASCII),
          Integer.parseInt(first.substring("backend ".length())));
    }

    String ask(String order) throws IOException {
      orders.println(order);
      return answers.readLine();
    }

    @Override
    public void close() throws InterruptedException {
      orders.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }
}
