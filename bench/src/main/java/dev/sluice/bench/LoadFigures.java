package dev.sluice.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Start of the gateway with a large route file: wall and processor time from the start of the process to the first answer of the last route, against
/// that of a gateway with one route; and what it keeps in memory. `bench/table load` runs it.
final class LoadFigures {
  private static final int PORT = 19450;

  private LoadFigures() {}

  /// @param options project, routes, rounds, idle (seconds until memory is looked at)
  static void run(Map<String, String> options) throws IOException, InterruptedException {
    int routes = Integer.parseInt(options.getOrDefault("routes", "100000"));
    int rounds = Integer.parseInt(options.getOrDefault("rounds", "3"));
    int idle = Integer.parseInt(options.getOrDefault("idle", "10"));
    Path gateway = Path.of(options.getOrDefault("project", ".")).resolve("gateway");
    Path folder = Files.createTempDirectory("table-load");
    Path one = Files.writeString(folder.resolve("one.gw"), last(1));
    Path many = Files.writeString(folder.resolve("many.gw"), RouteTexts.paths(routes - 1, 0, 0) + last(routes));
    for (int i = 0; i < rounds; i++) {
      Start small = start(gateway, one, folder, 0);
      Start large = start(gateway, many, folder, idle);
      System.out.printf("one route: %.2f s wall, %.2f s CPU; %d routes: %.2f s wall, %.2f s CPU, %d MB at the first answer, %d MB %d s later; load %.2f s wall%n",
          small.wall, small.cpu, routes, large.wall, large.cpu, large.residentMiB, large.laterMiB, idle, large.wall - small.wall);
    }
  }

  private record Start(double wall, double cpu, long residentMiB, long laterMiB) {}

  private static String last(int routes) {
    return "last: Path(\"/the/last/of/" + routes + "\") -> status(204) -> <shunt>;\n";
  }

  private static Start start(Path gateway, Path file, Path folder, int idle) throws IOException, InterruptedException {
    String target = Files.readString(file).replaceFirst("(?s).*last: Path\\(\"([^\"]*)\".*", "$1");
    var command = List.of(gateway.toString(), "-address", "127.0.0.1:" + PORT, "-support-listener", "", "-access-log-disabled",
        "-wait-for-healthcheck-interval", "0s", "-routes", file.toString());
    long start = System.nanoTime();
    Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + PORT + target)).build();
      while (!answers(client, request)) {
        if (!process.isAlive()) {
          throw new IOException("the gateway ended: see " + folder.resolve("log"));
        }
        Thread.sleep(10);
      }
      double wall = (System.nanoTime() - start) / 1e9;
      ProcessUsage usage = ProcessUsage.of(process.toHandle());
      Thread.sleep(idle * 1000L);
      return new Start(wall, usage.cpuTicks() / ProcessUsage.TICKS_PER_SECOND, usage.residentKiB() >> 10,
          ProcessUsage.of(process.toHandle()).residentKiB() >> 10);
    } finally {
      process.destroy();
      process.waitFor();
    }
  }

  private static boolean answers(HttpClient client, HttpRequest request) throws InterruptedException {
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 204;
    } catch (IOException e) {
      return false;
    }
  }
}
