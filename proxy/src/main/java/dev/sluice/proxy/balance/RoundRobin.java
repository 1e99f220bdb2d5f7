package dev.sluice.proxy.balance;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.Exchange;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// Each endpoint in turn, from a random start, as Skipper does. With a written weight: from the first endpoint, each taken weight times in a row.
@Declaration(
    name = "roundRobin",
    summary = "Takes the endpoints in turn; weights count as turns in a row",
    examples = @Declaration.Example("r: * -> <roundRobin, \"http://10.0.0.1:80\", \"http://10.0.0.2:80\">;"))
public record RoundRobin() implements Algorithm {
  @Override
  public LoadBalancer create(List<Endpoint> endpoints, RandomGenerator random) {
    int[] ends = new int[endpoints.size()];
    int sum = 0;
    for (int i = 0; i < ends.length; i++) {
      sum = Math.addExact(sum, endpoints.get(i).weight());
      ends[i] = sum;
    }
    boolean weighted = endpoints.stream().anyMatch(Endpoint::weightWritten);
    return new Turns(ends, sum, new AtomicInteger(weighted || sum == 0 ? 0 : random.nextInt(sum)));
  }

  /// @param ends for each endpoint the turn behind its last one
  private record Turns(int[] ends, int sum, AtomicInteger next) implements LoadBalancer {
    @Override
    public int pick(Exchange x, Candidates left) {
      if (sum == 0) {
        return -1;
      }
      int first = at(Integer.remainderUnsigned(next.getAndIncrement(), sum));
      for (int i = 0; i < ends.length; i++) {
        int candidate = (first + i) % ends.length;
        if (left.has(candidate) && weight(candidate) > 0) {
          return candidate;
        }
      }
      return -1;
    }

    private int weight(int i) {
      return i == 0 ? ends[0] : ends[i] - ends[i - 1];
    }

    private int at(int turn) {
      int low = 0;
      int high = ends.length - 1;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (turn < ends[middle]) {
          high = middle;
        } else {
          low = middle + 1;
        }
      }
      return low;
    }
  }
}
