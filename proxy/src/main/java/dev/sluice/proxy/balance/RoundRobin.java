package dev.sluice.proxy.balance;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.Exchange;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Each endpoint in turn, from a random start, as Skipper does. With a written weight: from the first endpoint, each taken weight times in a row. The turns
/// of an endpoint that is no candidate are passed over, so that the others stay even.
@Declaration(
    name = "roundRobin",
    summary = "Takes the endpoints in turn; weights count as turns in a row",
    examples = @Declaration.Example("r: * -> <roundRobin, \"http://10.0.0.1:80\", \"http://10.0.0.2:80\">;"))
public record RoundRobin() implements Algorithm {
  @Override
  public LoadBalancer create(List<Endpoint> endpoints, RandomGenerator random) {
    long[] ends = new long[endpoints.size()];
    long sum = 0;
    for (int i = 0; i < ends.length; i++) {
      sum += endpoints.get(i).weight();
      ends[i] = sum;
    }
    boolean weighted = endpoints.stream().anyMatch(Endpoint::weightWritten);
    return new Turns(ends, sum, new AtomicLong(weighted ? 0 : random.nextLong(sum)));
  }

  /// @param ends for each endpoint the turn behind its last one
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Turns(long[] ends, long sum, AtomicLong next) implements LoadBalancer {
    @Override
    public int pick(Exchange x, Candidates left) {
      long turn = next.getAndIncrement();
      int first = at(turn % sum);
      if (left.has(first)) {
        return first;
      }
      long passed = ends[first] - turn % sum;
      for (int i = 1; i < ends.length; i++) {
        int candidate = (first + i) % ends.length;
        if (left.has(candidate)) {
          next.compareAndSet(turn + 1, turn + passed + 1); // else another loop is further already
          return candidate;
        }
        passed += weight(candidate);
      }
      return -1;
    }

    private long weight(int i) {
      return i == 0 ? ends[0] : ends[i] - ends[i - 1];
    }

    /// The endpoint that a turn belongs to: the first whose end is behind it.
    private int at(long turn) {
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
