package dev.sluice.proxy.balance;

import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.RouteProblem;
import java.util.List;

/// Weights of algorithms whose memory grows with them.
final class Weights {
  /// A ring of this many points takes 12 MiB.
  static final int MOST = 1 << 20;

  private Weights() {}

  /// @throws RouteProblem when there are more than [#MOST] in all
  static int[] of(String algorithm, List<Endpoint> endpoints) throws RouteProblem {
    long sum = endpoints.stream().mapToLong(Endpoint::weight).sum();
    if (sum > MOST) {
      throw new RouteProblem(algorithm + " takes weights of at most " + MOST + " in all, but these are " + sum
          + "; divide each by the same number");
    }
    return endpoints.stream().mapToInt(Endpoint::weight).toArray();
  }

  static int sum(int[] weights) {
    int sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    return sum;
  }
}
