package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Measures nginx with one worker, Jetty's own proxy and this gateway next to each other: processor time for a request, throughput, latency,
/// memory. Candidates take turns, the order reversed from round to round, since the machine has slow and fast phases; ratios are medians of the
/// rounds' ratios. `bench/compare` runs it.
public final class Compare {
  private static final int BACKEND = 19400;

  private final Path project;
  private final Path folder;
  private final int connections;
  private final int seconds;
  private final int rounds;

  private Compare(Map<String, String> options, Path folder) {
    this.project = Path.of(options.getOrDefault("project", "."));
    this.folder = folder;
    this.connections = Integer.parseInt(options.getOrDefault("connections", "64"));
    this.seconds = Integer.parseInt(options.getOrDefault("seconds", "4"));
    this.rounds = Integer.parseInt(options.getOrDefault("rounds", "5"));
  }

  /// @param args `name=value`: project, connections, seconds, rounds, warmup
  public static void main(String[] args) throws Exception {
    var options = new HashMap<String, String>();
    for (String arg : args) {
      options.put(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
    }
    var nginx = program("nginx");
    program("wrk");
    Path folder = Files.createTempDirectory("compare");
    new Compare(options, folder).run(new NginxConfig(nginx, folder), Integer.parseInt(options.getOrDefault("warmup", "16")));
  }

  private void run(NginxConfig nginx, int warmup) throws IOException, InterruptedException {
    var running = new ArrayList<Candidate>();
    try {
      running.add(Candidate.start("backend", BACKEND, folder.resolve("backend.log"), nginx.backend(BACKEND)));
      var candidates = new ArrayList<Candidate>();
      for (var each : commands(nginx).entrySet()) {
        int port = BACKEND + 1 + candidates.size();
        candidates.add(Candidate.start(each.getKey(), port, folder.resolve(each.getKey() + ".log"), each.getValue()));
        running.add(candidates.getLast());
      }
      for (Candidate candidate : candidates) {
        System.out.println("warming up " + candidate.name());
        candidate.measure(connections, candidate.name().equals("nginx") ? 2 : warmup, false);
      }
      for (int round = 0; round < rounds; round++) {
        for (Candidate candidate : round % 2 == 0 ? candidates : candidates.reversed()) {
          candidate.measure(connections, seconds, true);
        }
      }
      print(candidates);
    } finally {
      for (Candidate candidate : running) {
        candidate.close();
      }
    }
  }

  private Map<String, List<String>> commands(NginxConfig nginx) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var commands = new LinkedHashMap<String, List<String>>();
    commands.put("nginx", nginx.proxy(BACKEND + 1, BACKEND));
    commands.put("jetty-proxy", List.of(
        java, "-Xmx512m", "-XX:+UseCompactObjectHeaders", "-cp", System.getProperty("java.class.path"), StockProxy.class.getName(),
        Integer.toString(BACKEND + 2), Integer.toString(BACKEND)));
    commands.put("sluice", List.of(
        project.resolve("gateway").toString(), "-address", "127.0.0.1:" + (BACKEND + 3), "-support-listener", "127.0.0.1:" + (BACKEND + 4),
        "-access-log-disabled", "-inline-routes", "r: * -> \"http://127.0.0.1:" + BACKEND + "\";"));
    return commands;
  }

  private void print(List<Candidate> candidates) {
    Candidate nginx = candidates.getFirst();
    System.out.printf("%n%d connections, %d rounds of %d s, answers of 100 bytes; medians%n%n", connections, rounds, seconds);
    System.out.printf("%-12s %10s %10s %10s %9s %9s %8s%n", "", "CPU us/req", "of nginx", "req/s", "of nginx", "p99 ms", "RSS MB");
    for (Candidate candidate : candidates) {
      System.out.printf("%-12s %10.1f %10.2f %10.0f %9.2f %9.2f %8.0f%n",
          candidate.name(),
          median(candidate, Candidate.Round::cpuMicros),
          ratio(candidate, nginx, Candidate.Round::cpuMicros),
          median(candidate, round -> round.load().perSecond()),
          ratio(candidate, nginx, round -> round.load().perSecond()),
          median(candidate, round -> round.load().p99Millis()),
          median(candidate, round -> round.residentKiB() / 1024.0));
    }
  }

  private static double median(Candidate candidate, ToDoubleFunction<Candidate.Round> figure) {
    return median(candidate.rounds().stream().mapToDouble(figure).toArray());
  }

  private static double ratio(Candidate candidate, Candidate to, ToDoubleFunction<Candidate.Round> figure) {
    return median(IntStream.range(0, candidate.rounds().size())
        .mapToDouble(i -> figure.applyAsDouble(candidate.rounds().get(i)) / figure.applyAsDouble(to.rounds().get(i)))
        .toArray());
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  static Path program(String name) throws IOException {
    return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/usr/local/sbin"))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow(() -> new IOException(name + " is not installed: apt-get install " + name));
  }
}
