package dev.sluice.bench;

import dev.sluice.routes.table.IndexedTable;
import dev.sluice.routes.table.Match;
import dev.sluice.routes.table.PlainRequest;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Processor time of a look-up in tables of different sizes. In each size the same number of requests is asked for over and over, once a few that
/// stay in the processor's caches and its table of memory pages, once many that do not. Sizes take turns in rounds. `bench/table lookup` runs it.
final class LookUpFigures {
  private static final int FEW = 32;
  private static final int MANY = 1 << 17;
  private static final int BATCH = 1 << 20;

  private LookUpFigures() {}

  private record Size(int routes, IndexedTable table, PlainRequest[] few, PlainRequest[] many, double[] fewNanos, double[] manyNanos) {}

  /// @param options sizes (comma-separated), rounds
  static void run(Map<String, String> options) {
    int rounds = Integer.parseInt(options.getOrDefault("rounds", "7"));
    var sizes = Arrays.stream(options.getOrDefault("sizes", "1,1000,100000,1000000").split(","))
        .map(size -> size(Integer.parseInt(size), rounds)).toList();
    for (int warm = 0; warm < 3; warm++) {
      sizes.forEach(size -> nanos(size.table, size.few));
      sizes.forEach(size -> nanos(size.table, size.many));
    }
    for (int round = 0; round < rounds; round++) {
      for (Size size : round % 2 == 0 ? sizes : sizes.reversed()) {
        size.fewNanos[round] = nanos(size.table, size.few);
        size.manyNanos[round] = nanos(size.table, size.many);
      }
    }
    System.out.printf("%10s %22s %16s %22s %16s%n", "routes", FEW + " paths: ns CPU", "look-ups/s", "random paths: ns CPU", "look-ups/s");
    for (Size size : sizes) {
      double few = Candidate.median(size.fewNanos);
      double many = Candidate.median(size.manyNanos);
      System.out.printf("%10d %22.1f %16.0f %22.1f %16.0f%n", size.routes, few, 1e9 / few, many, 1e9 / many);
    }
  }

  private static Size size(int routes, int rounds) {
    try (var fed = new FedTable()) {
      fed.load(List.of(RouteTexts.paths(routes, 0, 0)));
      var random = new Random(1);
      return new Size(routes, fed.table(), requests(routes, FEW, random), requests(routes, MANY, random), new double[rounds], new double[rounds]);
    }
  }

  /// Requests for routes at random; where there are fewer routes than requests, several ask for one.
  private static PlainRequest[] requests(int routes, int count, Random random) {
    var known = new HashMap<Integer, PlainRequest>();
    var requests = new PlainRequest[count];
    for (int i = 0; i < count; i++) {
      requests[i] = known.computeIfAbsent(random.nextInt(routes), n -> PlainRequest.of("GET", "/api/v1/service" + n + "/7"));
    }
    return requests;
  }

  /// Nanoseconds of this thread's processor time for one look-up.
  private static double nanos(IndexedTable table, PlainRequest[] requests) {
    var threads = ManagementFactory.getThreadMXBean();
    int mask = requests.length - 1;
    int found = 0;
    long start = threads.getCurrentThreadCpuTime();
    for (int i = 0; i < BATCH; i++) {
      Match match = table.match(requests[i & mask], null);
      found += match == null ? 0 : match.values().length;
    }
    long nanos = threads.getCurrentThreadCpuTime() - start;
    if (found != BATCH) {
      throw new IllegalStateException(found + " of " + BATCH + " look-ups found their route");
    }
    return (double) nanos / BATCH;
  }
}
