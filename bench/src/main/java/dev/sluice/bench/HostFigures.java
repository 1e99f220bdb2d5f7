package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

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
          Nginx.backend(BACKEND, BACKEND, folder)));
      running.add(gateway("one route", gateway, one, BACKEND + 1, folder));
      running.add(gateway(hosts + " hosts", gateway, many, BACKEND + 2, folder));
      List<Candidate> candidates = running.subList(1, 3);
      var asking = new Wrk("http", "/", connections, List.of("-s", script.toString()));
      var shape = new Shape("hosts", "hosts at random", Proxy.Mode.HTTP1, asking, false);
      for (Candidate each : candidates) {
        each.measure(shape, warmup, false);
      }
      for (int i = 0; i < rounds; i++) {
        for (Candidate each : i % 2 == 0 ? candidates : candidates.reversed()) {
          each.measure(shape, seconds, true);
        }
      }
      for (Candidate each : candidates) {
        System.out.printf("%-14s %6.2f us CPU a request, %7.0f requests/s%n", each.name(),
            each.median(Candidate.Round::cpu), each.median(round -> round.load().perSecond()));
      }
      System.out.printf("median of the rounds' ratios: %.3f%n", candidates.get(1).ratio(candidates.get(0), Candidate.Round::cpu));
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
