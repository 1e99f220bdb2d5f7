package dev.sluice.proxy.balance;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.Exchange;
import java.util.List;
import java.util.random.RandomGenerator;

/// Any endpoint; the chance of each is its weight divided by the sum of weights.
@Declaration(
    name = "random",
    summary = "Takes any endpoint, by chance in proportion to the weights",
    examples = @Declaration.Example("r: * -> <random, \"http://10.0.0.1:80\", \"http://10.0.0.2:80\">;"))
public record RandomChoice() implements Algorithm {
  @Override
  public LoadBalancer create(List<Endpoint> endpoints, RandomGenerator random) {
    return new Chance(endpoints.stream().mapToInt(Endpoint::weight).toArray(), random);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Chance(int[] weights, RandomGenerator random) implements LoadBalancer {
    @Override
    public int pick(Exchange x, Candidates left) {
      long sum = 0;
      for (int i = 0; i < weights.length; i++) {
        sum += left.has(i) ? weights[i] : 0;
      }
      if (sum == 0) {
        return -1;
      }
      long point = random.nextLong(sum);
      for (int i = 0; i < weights.length; i++) {
        point -= left.has(i) ? weights[i] : 0;
        if (point < 0) {
          return i;
        }
      }
      return -1;
    }
  }
}
