package dev.sluice.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What the launch script runs once after a build, so that the JVM can keep the classes of a start in its cache: one of the commands, briefly.
public final class StartTraining {
  private static final int REQUESTS = 200;
  private static final int ROUTES = 10_000;

  private StartTraining() {}

  /// @param args the command, `gwctl` or `gateway`, and the project's folder
  public static void main(String[] args) throws IOException {
    var silent = new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8);
    var surroundings = new Surroundings(Path.of(args[1]), InputStream.nullInputStream(), silent, silent, false, Map.of());
    if (args[0].equals("gwctl")) {
      gwctl(surroundings);
    } else {
      gateway(surroundings);
    }
  }

  private static void gwctl(Surroundings surroundings) {
    GwctlMain.run(List.of("check", "-routes", manyRoutes()), surroundings);
    GwctlMain.run(List.of("check", "-routes", "a: Path(\"/a\") -> nothing() -> "), surroundings);
    GwctlMain.run(List.of("check", "-routes", "a: Path(\"/a\") -> nothing() -> <shunt>"), surroundings);
    GwctlMain.run(List.of("check", "routes/examples"), surroundings);
    GwctlMain.run(List.of("print", "-pretty", "-routes", "a: Path(\"/a\") -> setPath(\"/b\") -> <shunt>"), surroundings);
    GwctlMain.run(List.of("fmt", "routes/examples/hello.gw"), surroundings);
  }

  /// A gateway as most are started: routes from a file that is watched, and requests that it answers and forwards, to itself.
  private static void gateway(Surroundings surroundings) throws IOException {
    int port = freePort();
    Path routes = Files.createTempFile("training", ".gw");
    try {
      Files.writeString(routes, """
          answered: Path("/a") -> inlineContent("a") -> <shunt>;
          looped: Path("/b") -> setPath("/a") -> <loopback>;
          forwarded: * -> setPath("/a") -> setRequestHeader("X-Part", "1") -> "http://127.0.0.1:%d";
          """.formatted(port) + manyRoutes());
      List<String> flags = List.of(
          "-address", "127.0.0.1:" + port, "-support-listener", "127.0.0.1:0", "-wait-first-route-load", "-routes", routes.toString());
      try (RunningGateway gateway = GatewayMain.start(flags, surroundings)) {
        if (gateway instanceof StartedGateway started) {
          request(started.addresses().getFirst());
        }
      }
    } finally {
      Files.deleteIfExists(routes);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
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
