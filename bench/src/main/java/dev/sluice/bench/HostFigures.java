package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Processor time of a proxied request with ten thousand virtual hosts under one path against one route, through running gateways that take turns.
/// wrk asks for hosts at random, of both gateways alike. `bench/table hosts` runs it.
final class HostFigures {
  private static final int BACKEND = 19460;

  private HostFigures() {}

  /// @param options project, hosts, connections, seconds, rounds, warmup
  static void run(Map<String, String> options) throws IOException, InterruptedException {
    int hosts = Integer.parseInt(options.getOrDefault("hosts", "10000"));
    int connections = Integer.parseInt(options.getOrDefault("connections", "64"));
    int seconds = Integer.parseInt(options.getOrDefault("seconds", "4"));
    int rounds = Integer.parseInt(options.getOrDefault("rounds", "5"));
    int warmup = Integer.parseInt(options.getOrDefault("warmup", "16"));
    String gateway = Path.of(options.getOrDefault("project", ".")).resolve("gateway").toString();
    Path folder = Files.createTempDirectory("table-hosts");
    String backend = "http://127.0.0.1:" + BACKEND;
    Path one = Files.writeString(folder.resolve("one.gw"), "one: * -> \"" + backend + "\";");
    Path many = Files.writeString(folder.resolve("many.gw"), RouteTexts.hosts(hosts, backend));
    Path script = Files.writeString(folder.resolve("hosts.lua"), """
        request = function()
          wrk.headers["Host"] = "h" .. math.random(0, %d) .. ".example.org"
          return wrk.format()
        end
        """.formatted(hosts - 1));
    var running = new ArrayList<Candidate>();
    try {
      running.add(Candidate.start("backend", BACKEND, folder.resolve("backend.log"),
          new NginxConfig(Compare.program("nginx"), folder).backend(BACKEND)));
      running.add(gateway("one route", gateway, one, BACKEND + 1, folder));
      running.add(gateway(hosts + " hosts", gateway, many, BACKEND + 2, folder));
      List<Candidate> candidates = running.subList(1, 3);
      for (Candidate each : candidates) {
        each.measure(connections, warmup, false, "-s", script.toString());
      }
      for (int i = 0; i < rounds; i++) {
        for (Candidate each : i % 2 == 0 ? candidates : candidates.reversed()) {
          each.measure(connections, seconds, true, "-s", script.toString());
        }
      }
      for (Candidate each : candidates) {
        System.out.printf("%-14s %6.2f us CPU a request, %7.0f requests/s%n", each.name(),
            Compare.median(each.rounds().stream().mapToDouble(Candidate.Round::cpuMicros).toArray()),
            Compare.median(each.rounds().stream().mapToDouble(round -> round.load().perSecond()).toArray()));
      }
      System.out.printf("median of the rounds' ratios: %.3f%n", Compare.median(IntStream.range(0, rounds)
          .mapToDouble(i -> candidates.get(1).rounds().get(i).cpuMicros() / candidates.get(0).rounds().get(i).cpuMicros()).toArray()));
    } finally {
      for (Candidate each : running) {
        each.close();
      }
    }
  }

  private static Candidate gateway(String name, String program, Path routes, int port, Path folder) throws IOException, InterruptedException {
    return Candidate.start(name, port, folder.resolve(name + ".log"), List.of(program, "-address", "127.0.0.1:" + port,
        "-support-listener", "", "-access-log-disabled", "-wait-first-route-load", "-wait-for-healthcheck-interval", "0s",
        "-routes", routes.toString()));
  }
}
