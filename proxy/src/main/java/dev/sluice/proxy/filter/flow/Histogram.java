package dev.sluice.proxy.filter.flow;

import dev.sluice.grammar.LiteralNode;
import dev.sluice.routes.args.GoDuration;
import dev.sluice.routes.spi.ArgumentProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/// Buckets of delays with weights, written `boundary, weight, boundary, …, boundary`.
record Histogram(List<Duration> boundaries, List<Double> weights) {
  /// @throws ArgumentProblem when boundaries do not grow or all weights are zero
  static Histogram of(List<LiteralNode> arguments) {
    if (arguments.size() % 2 == 0) {
      throw new ArgumentProblem("must begin and end with a boundary: \"0ms\", 1, \"10ms\"");
    }
    var boundaries = new ArrayList<Duration>();
    var weights = new ArrayList<Double>();
    for (int i = 0; i < arguments.size(); i++) {
      if (i % 2 == 0) {
        boundaries.add(boundary(arguments.get(i), boundaries, i));
      } else {
        weights.add(weight(arguments.get(i), i));
      }
    }
    if (weights.stream().allMatch(weight -> weight == 0)) {
      throw new ArgumentProblem("one weight at least must be above zero");
    }
    return new Histogram(List.copyOf(boundaries), List.copyOf(weights));
  }

  private static double weight(LiteralNode argument, int index) {
    if (argument instanceof LiteralNode.Number number && number.value() >= 0) {
      return number.value();
    }
    throw new ArgumentProblem(index, "a weight must be a number from 0");
  }

  private static Duration boundary(LiteralNode argument, List<Duration> before, int index) {
    if (!(argument instanceof LiteralNode.Text text)) {
      throw new ArgumentProblem(index, "a boundary must be a duration such as \"10ms\"");
    }
    Duration boundary;
    try {
      boundary = GoDuration.parse(text.value());
    } catch (ArgumentProblem problem) {
      throw new ArgumentProblem(index, "a boundary " + problem.getMessage());
    }
    if (boundary.isNegative() || !before.isEmpty() && before.getLast().compareTo(boundary) >= 0) {
      throw new ArgumentProblem(index, "boundaries must grow and not be negative");
    }
    return boundary;
  }

  double nanos() {
    double at = ThreadLocalRandom.current().nextDouble() * weights.stream().mapToDouble(weight -> weight).sum();
    int bucket = 0;
    while (bucket < weights.size() - 1 && (at >= weights.get(bucket) || weights.get(bucket) == 0)) {
      at -= weights.get(bucket);
      bucket++;
    }
    double low = boundaries.get(bucket).toNanos();
    return low + ThreadLocalRandom.current().nextDouble() * (boundaries.get(bucket + 1).toNanos() - low);
  }
}
