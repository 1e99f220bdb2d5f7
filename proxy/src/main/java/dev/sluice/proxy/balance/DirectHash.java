package dev.sluice.proxy.balance;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.Exchange;
import java.util.List;
import java.util.random.RandomGenerator;

/// A key always goes to the same endpoint: each endpoint in order has a score of weight and key, the highest wins (weighted rendezvous). As in AILERON
/// the place in the list counts and not the address, so keys move when the list changes.
@Declaration(
    name = "directHash",
    summary = "Takes the same endpoint for the same key, in exact proportion to the weights",
    examples = @Declaration.Example("""
        r: * -> consistentHashKey("${request.header.X-User}") -> <directHash, "http://10.0.0.1:80", "http://10.0.0.2:80?weight=3">;"""))
public record DirectHash() implements Algorithm {
  private static final double RANGE = 0x1p64; // 2⁶⁴ - 1 in double arithmetic

  @Override
  public LoadBalancer create(List<Endpoint> endpoints, RandomGenerator random) {
    return new Scores(endpoints.stream().mapToInt(Endpoint::weight).toArray());
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Scores(int[] weights) implements LoadBalancer {
    @Override
    public int pick(Exchange x, Candidates left) {
      long hash = KeyHash.of(x);
      int best = -1;
      double highest = 0;
      for (int i = 0; i < weights.length; i++) {
        if (weights[i] == 0) {
          continue;
        }
        hash = KeyHash.mix(hash);
        if (left.has(i)) {
          double score = weights[i] / -Math.log(unsigned(hash) / RANGE);
          if (best < 0 || score > highest) {
            best = i;
            highest = score;
          }
        }
      }
      return best;
    }

    /// Rounded once, to even: the lowest bit of the half stands for both that are lost.
    private static double unsigned(long number) {
      return number >= 0 ? number : 2 * (double) (number >>> 1 | number & 1);
    }
  }
}
