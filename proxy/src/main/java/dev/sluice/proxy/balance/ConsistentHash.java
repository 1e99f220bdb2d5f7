package dev.sluice.proxy.balance;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.Exchange;
import java.util.List;
import java.util.random.RandomGenerator;

/// A key always goes to the same endpoint, and when an endpoint leaves only its own keys move. The ring is Skipper's: 100 points for each endpoint, the
/// hashes of `ADDRESS-0` to `ADDRESS-99`. With `consistentHashBalanceFactor` an endpoint with more than factor times the average of requests under way
/// passes a key on to the next one (Mirrokni, Thorup, Zadimoghaddam: Consistent hashing with bounded loads, 2016). Weights other than 0 mean nothing.
@Declaration(
    name = "consistentHash",
    summary = "Takes the same endpoint for the same key, or the same client",
    examples = @Declaration.Example("""
        r: Path("/:id") -> consistentHashKey("${id}") -> <consistentHash, "http://10.0.0.1:80", "http://10.0.0.2:80">;"""))
public record ConsistentHash() implements Algorithm {
  private static final int POINTS = 100;

  @Override
  public LoadBalancer create(List<Endpoint> endpoints, RandomGenerator random) {
    long[] points = new long[endpoints.size() * POINTS];
    int[] owners = new int[points.length];
    for (int i = 0; i < points.length; i++) {
      owners[i] = i / POINTS;
      points[i] = KeyHash.ofText(endpoints.get(i / POINTS).text() + "-" + i % POINTS);
    }
    return new Ring(new HashRing(points, owners));
  }

  private record Ring(HashRing ring) implements LoadBalancer {
    @Override
    public int pick(Exchange x, Candidates left) {
      int position = ring.position(KeyHash.of(x), left);
      if (position < 0) {
        return -1;
      }
      double factor = x.outgoing().balanceFactor();
      return ring.owner(factor > 0 ? unloaded(position, factor, left) : position);
    }

    /// Some candidate has no more than the average, and so no more than the factor allows; but others count meanwhile, so the search has an end.
    private int unloaded(int start, double factor, Candidates left) {
      long sum = 1; // the request at hand
      for (int i = 0; i < left.size(); i++) {
        sum += left.has(i) ? left.inFlight(i) : 0;
      }
      double most = factor * sum / left.count();
      int position = start;
      for (int i = 0; i < ring.size() && left.inFlight(ring.owner(position)) > most; i++) {
        position = ring.next(position, left);
      }
      return position;
    }
  }
}
