package dev.sluice.bench;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/// A thousand switches, twenty a second, from an address that is asked twice as often, while clients ask a running gateway: no request may fail or see two tables, and memory must not grow.
/// Each table stamps its number twice on an answer, once in front of a `<loopback>` that waits a moment, once behind it. `bench/table soak` runs it.
final class SwitchSoak {
  private static final int PORT = 19470;
  private static final int SOURCE = 19471;
  private static final int PADDING = 1000;

  private SwitchSoak() {}

  /// @param options project, switches, rate (a second), clients
  static void run(Map<String, String> options) throws Exception {
    int switches = Integer.parseInt(options.getOrDefault("switches", "1000"));
    int rate = Integer.parseInt(options.getOrDefault("rate", "20"));
    int clients = Integer.parseInt(options.getOrDefault("clients", "8"));
    Path folder = Files.createTempDirectory("table-soak");
    var text = new AtomicReference<>(routes(0));
    HttpServer source = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), SOURCE), 0);
    source.createContext("/", call -> {
      byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
      call.sendResponseHeaders(200, body.length);
      try (OutputStream out = call.getResponseBody()) {
        out.write(body);
      }
    });
    source.start();
    var gateway = Candidate.start("gateway", PORT, folder.resolve("log"), List.of(
        Path.of(options.getOrDefault("project", ".")).resolve("gateway").toString(), "-address", "127.0.0.1:" + PORT, "-support-listener", "",
        "-access-log-disabled", "-wait-first-route-load", "-wait-for-healthcheck-interval", "0s", "-routes-urls", "http://127.0.0.1:" + SOURCE, "-source-poll-timeout", Integer.toString(500 / rate)));
    var running = new AtomicBoolean(true);
    var heaps = new ArrayList<Long>();
    try (gateway; var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asking = new ArrayList<Future<long[]>>();
      for (int i = 0; i < clients; i++) {
        Callable<long[]> client = () -> ask(running);
        asking.add(threads.submit(client));
      }
      long next = System.nanoTime();
      for (int i = 1; i <= switches; i++) {
        text.set(routes(i));
        next += Duration.ofSeconds(1).toNanos() / rate;
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
        if (i % Math.max(1, switches / 10) == 0) {
          heaps.add(gateway.liveHeapKiB());
        }
      }
      running.set(false);
      long answers = 0;
      long seen = 0;
      for (Future<long[]> each : asking) {
        answers += each.get()[0];
        seen = Math.max(seen, each.get()[1]);
      }
      System.out.printf("%d texts, %d answers, none failed or mixed; at most %d tables seen by one client; live heap in KiB: %s%n",
          switches, answers, seen, heaps);
    } finally {
      running.set(false);
      source.stop(0);
    }
  }

  private static String routes(int version) {
    var text = new StringBuilder("""
        a: Path("/a") -> setResponseHeader("X-First", "%1$d") -> latency("2ms") -> setPath("/b") -> <loopback>;
        b: Path("/b") -> setResponseHeader("X-Second", "%1$d") -> inlineContent("%1$d") -> <shunt>;
        """.formatted(version));
    for (int i = 0; i < PADDING; i++) {
      text.append("p%d: Path(\"/p/%d\") -> ratelimit(%d, \"1m\") -> fifo(%d, 10, \"1s\") -> <shunt>;\n"
          .formatted(i, i, i + 1, i % 10 == 0 ? version + 1 : i + 1));
    }
    return text.toString();
  }

  /// @return answers, and how many different tables they came from
  private static long[] ask(AtomicBoolean running) throws IOException {
    long answers = 0;
    long tables = 0;
    String last = "";
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), PORT)) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      while (running.get()) {
        socket.getOutputStream().write("GET /a HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        String head = head(in);
        String body = new String(in.readNBytes(Integer.parseInt(value(head, "Content-Length"))), StandardCharsets.ISO_8859_1);
        if (!head.startsWith("HTTP/1.1 200 ") || !body.equals(value(head, "X-First")) || !body.equals(value(head, "X-Second"))) {
          throw new IOException("failed or mixed: " + head + body);
        }
        answers++;
        tables += body.equals(last) ? 0 : 1;
        last = body;
      }
    }
    return new long[] {answers, tables};
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("the connection ended after: " + head);
      }
      head.append((char) c);
    }
    return head.toString();
  }

  private static String value(String head, String name) {
    return head.lines().filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(line -> line.substring(name.length() + 1).strip()).findFirst().orElse("");
  }
}
