package dev.sluice.proxy.balance;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.RouteProblem;
import java.util.List;
import java.util.random.RandomGenerator;

/// AILERON's ring: a key always goes to the same endpoint, and when an endpoint leaves only its own keys move. An endpoint has as many points as its weight
/// says, so that shares are uneven unless weights are 100 or more.
@Declaration(
    name = "ringHash",
    summary = "Takes the same endpoint for the same key, by a ring with a point for each unit of weight",
    mostWeight = Weights.MOST,
    examples = @Declaration.Example("""
        r: * -> consistentHashKey("${request.cookie.sid}") -> <ringHash, "http://10.0.0.1:80?weight=100", "http://10.0.0.2:80?weight=200">;"""))
public record RingHash() implements Algorithm {
  @Override
  public LoadBalancer create(List<Endpoint> endpoints, RandomGenerator random) throws RouteProblem {
    int[] weights = Weights.of("ringHash", endpoints);
    long[] points = new long[Weights.sum(weights)];
    int[] owners = new int[points.length];
    int at = 0;
    for (int i = 0; i < weights.length; i++) {
      long point = KeyHash.id(endpoints.get(i));
      for (int j = 0; j < weights[i]; j++) {
        point = KeyHash.mix(point);
        points[at] = point;
        owners[at++] = i;
      }
    }
    return new Ring(new HashRing(points, owners));
  }

  private record Ring(HashRing ring) implements LoadBalancer {
    @Override
    public int pick(Exchange x, Candidates left) {
      int position = ring.position(KeyHash.mix(KeyHash.of(x)), left);
      return position < 0 ? -1 : ring.owner(position);
    }
  }
}
