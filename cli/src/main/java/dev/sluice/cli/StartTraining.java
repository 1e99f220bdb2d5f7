package dev.sluice.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What the launch script runs once after a build, so that the JVM can keep the classes of a start in its cache: both commands, briefly.
public final class StartTraining {
  private static final int REQUESTS = 200;
  private static final int ROUTES = 10_000;

  private StartTraining() {}

  /// @param args the project's folder
  public static void main(String[] args) throws IOException {
    var silent = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    var surroundings = new Surroundings(Path.of(args[0]), InputStream.nullInputStream(), silent, silent, false, Map.of());
    GwctlMain.run(List.of("check", "-routes", manyRoutes()), surroundings);
    GwctlMain.run(List.of("check", "-routes", "a: Path(\"/a\") -> nothing() -> "), surroundings);
    GwctlMain.run(List.of("print", "-pretty", "-routes", "a: Path(\"/a\") -> setPath(\"/b\") -> <shunt>"), surroundings);
    List<String> flags = List.of(
        "-address", "127.0.0.1:0", "-support-listener", "127.0.0.1:0", "-wait-first-route-load", "-inline-routes",
        "a: Path(\"/a\") -> inlineContent(\"a\") -> <shunt>; b: * -> setPath(\"/a\") -> <loopback>;" + manyRoutes());
    try (RunningGateway gateway = GatewayMain.start(flags, surroundings)) {
      if (gateway instanceof StartedGateway started) {
        request(started.addresses().getFirst());
      }
    }
  }

  /// Enough that the JVM learns what is often called, which the cache keeps, too.
  private static String manyRoutes() {
    var text = new StringBuilder();
    for (int i = 0; i < ROUTES; i++) {
      text.append("""
          route_%1$d: Path("/api/v1/service%1$d/:id") && Host(/^(api[.]example[.]org)$/) && Method("GET") && Header("X-Part", "%2$d")
            -> setRequestHeader("X-Route", "route-%1$d") -> setPath("/internal/${id}") -> ratelimit(%2$d, "1m")
            -> "http://10.0.%2$d.1:8080";
          balanced_%1$d: PathSubtree("/api/v2/service%1$d")
            -> modPath(/^\\/api/, "") -> <roundRobin, "http://10.0.%2$d.1:8080", "http://10.0.%2$d.2:8080">;
          """.formatted(i, i % 200));
    }
    return text.toString();
  }

  private static void request(InetSocketAddress address) throws IOException {
    byte[] request = "GET /x HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    byte[] answer = new byte[4096];
    try (var socket = new Socket(address.getAddress(), address.getPort())) {
      for (int i = 0; i < REQUESTS; i++) {
        socket.getOutputStream().write(request);
        if (socket.getInputStream().read(answer) < 0) {
          return;
        }
      }
    }
  }
}
