package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Measures nginx with one worker, HAProxy, Caddy, Jetty's own proxy and this gateway next to each other, as far as they are installed: processor
/// time, throughput, latency, memory. Candidates take turns, the order reversed from round to round, since the machine has slow and fast
/// phases; ratios are medians of the rounds' ratios. `bench/compare` runs it.
public final class Compare {
  private static final int BACKEND = 19400;

  private final Path folder;
  private final List<Proxy> proxies;
  private final int seconds;
  private final int rounds;
  private final int warmup;
  private int port = BACKEND;

  private Compare(Map<String, String> options, Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    var certificate = Certificate.make(folder);
    var all = List.of(
        new Nginx(certificate), new Haproxy(certificate), new Caddy(certificate), new Stock(),
        new Sluice(Path.of(options.getOrDefault("project", ".")).toAbsolutePath(), certificate));
    this.proxies = only(options.get("peers"), all, Proxy::name);
    this.seconds = Integer.parseInt(options.getOrDefault("seconds", "4"));
    this.rounds = Integer.parseInt(options.getOrDefault("rounds", "5"));
    this.warmup = Integer.parseInt(options.getOrDefault("warmup", "16"));
  }

  /// @param args `name=value`: project, shapes, peers (both separated by commas), seconds, rounds, warmup
  public static void main(String[] args) throws IOException, InterruptedException {
    var options = new HashMap<String, String>();
    for (String arg : args) {
      options.put(arg.substring(0, arg.indexOf('=')), arg.substring(arg.indexOf('=') + 1));
    }
    if (Programs.find("nginx") == null) {
      System.err.println("nginx is not installed; it is the backend and the yardstick: apt-get install nginx-light");
      System.exit(1);
    }
    Path folder = Files.createTempDirectory("compare");
    try {
      new Compare(options, folder).run(only(options.get("shapes"), Shape.ALL, Shape::name));
    } finally {
      delete(folder);
    }
  }

  private static <T> List<T> only(@Nullable String names, List<T> all, Function<T, String> name) {
    if (names == null) {
      return all;
    }
    var wanted = Set.of(names.split(","));
    return all.stream().filter(each -> wanted.contains(name.apply(each))).toList();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private void run(List<Shape> shapes) throws IOException, InterruptedException {
    Path home = Files.createDirectories(folder.resolve("backend"));
    try (var sink = new Sink();
        Candidate backend = Candidate.start("backend", port++, home.resolve("log"), Nginx.backend(BACKEND, sink.port(), home))) {
      for (Proxy.Mode mode : Proxy.Mode.values()) {
        List<Shape> those = shapes.stream().filter(shape -> shape.mode() == mode).toList();
        if (!those.isEmpty()) {
          measure(mode, those);
        }
      }
    }
  }

  /// All shapes of one mode, with the same processes.
  private void measure(Proxy.Mode mode, List<Shape> shapes) throws IOException, InterruptedException {
    var candidates = new ArrayList<Candidate>();
    var warm = new ArrayList<Candidate>();
    try {
      for (Proxy proxy : proxies) {
        Path home = Files.createDirectories(folder.resolve(proxy.name() + "-" + mode));
        List<String> command = proxy.command(mode, port, BACKEND, home);
        if (command != null) {
          candidates.add(Candidate.start(proxy.name(), port++, home.resolve("log"), command));
          if (proxy.java()) {
            warm.add(candidates.getLast());
          }
        }
      }
      for (Shape shape : shapes) {
        if (!shape.generator().installed()) {
          System.out.println(shape.name() + ": left out, its load generator is not installed\n");
          continue;
        }
        // What was compiled for one shape serves the next ones as well.
        int first = shape == shapes.getFirst() ? warmup : Math.min(warmup, 4);
        for (Candidate candidate : warm) {
          candidate.measure(shape, first, false);
        }
        for (int round = 0; round < rounds; round++) {
          for (Candidate candidate : round % 2 == 0 ? candidates : candidates.reversed()) {
            candidate.measure(shape, seconds, true);
          }
        }
        print(shape, candidates);
        candidates.forEach(candidate -> candidate.rounds().clear());
      }
    } finally {
      for (Candidate candidate : candidates) {
        candidate.close();
      }
    }
  }

  private void print(Shape shape, List<Candidate> candidates) {
    Candidate nginx = candidates.getFirst();
    System.out.printf("%n%s (`%s`), %d rounds of %d s%n%n", shape.title(), shape.name(), rounds, seconds);
    System.out.printf("| | %s | of nginx | requests/s | of nginx | p50 ms | p99 ms | resident MB |%n", shape.unit());
    System.out.println("| --- | --- | --- | --- | --- | --- | --- | --- |");
    for (Candidate candidate : candidates) {
      System.out.printf("| %s | %.2f | %.2f | %.0f | %.2f | %.2f | %.2f | %.0f |%n",
          candidate.name(),
          candidate.median(Candidate.Round::cpu),
          candidate.ratio(nginx, Candidate.Round::cpu),
          candidate.median(round -> round.load().perSecond()),
          candidate.ratio(nginx, round -> round.load().perSecond()),
          candidate.median(round -> round.load().p50Millis()),
          candidate.median(round -> round.load().p99Millis()),
          candidate.median(round -> round.residentKiB() / 1024.0));
    }
  }
}
