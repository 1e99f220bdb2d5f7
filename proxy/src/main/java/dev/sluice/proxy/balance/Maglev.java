package dev.sluice.proxy.balance;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.RouteProblem;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/// A key always goes to the same endpoint, found by one look into a table (Eisenbud and others: Maglev, a fast and reliable software network load balancer,
/// NSDI 2016, §3.4). Table size and filling are AILERON's: about two slots for each unit of weight, so that larger weights make a finer table. Keys of an
/// endpoint that cannot be used are hashed on; the others keep theirs.
@Declaration(
    name = "maglev",
    summary = "Takes the same endpoint for the same key, by a table that is filled in proportion to the weights",
    mostWeight = Weights.MOST,
    examples = @Declaration.Example("""
        r: * -> consistentHashKey("${request.cookie.sid}") -> <maglev, "http://10.0.0.1:80?weight=2", "http://10.0.0.2:80">;"""))
public record Maglev() implements Algorithm {
  private static final int TRIES = 100;
  private static final int[] SMALL_SIZES = {3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37};

  @Override
  public LoadBalancer create(List<Endpoint> endpoints, RandomGenerator random) throws RouteProblem {
    int[] weights = Weights.of("maglev", endpoints);
    return new Table(table(endpoints, weights, size(2 * Weights.sum(weights))));
  }

  /// Index of the endpoint in each slot. In rounds, each endpoint takes as many slots as its weight says: the next free ones of its own order of slots.
  static int[] table(List<Endpoint> endpoints, int[] weights, int size) {
    int[] table = new int[size];
    Arrays.fill(table, -1);
    int[] next = new int[weights.length];
    int[] skip = new int[weights.length];
    for (int i = 0; i < weights.length; i++) {
      long mixed = KeyHash.mix(KeyHash.id(endpoints.get(i)));
      next[i] = (int) Long.remainderUnsigned(mixed, size);
      skip[i] = (int) Long.remainderUnsigned(mixed, size - 1) + 1;
    }
    int free = size;
    while (free > 0) {
      for (int i = 0; i < weights.length; i++) {
        for (int taken = 0; taken < weights[i] && free > 0; taken++) {
          while (table[next[i]] >= 0) {
            next[i] = (next[i] + skip[i]) % size;
          }
          table[next[i]] = i;
          free--;
        }
      }
    }
    return table;
  }

  /// The smallest size in use that is not below `least`.
  static int size(int least) {
    for (int size : SMALL_SIZES) {
      if (size >= least) {
        return size;
      }
    }
    int n = 0;
    while (n * n + n + 41 < least || !isPrime(n * n + n + 41)) {
      n++;
    }
    return n * n + n + 41;
  }

  private static boolean isPrime(int odd) {
    for (int divisor = 3; divisor * divisor <= odd; divisor += 2) {
      if (odd % divisor == 0) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Table(int[] slots) implements LoadBalancer {
    @Override
    public int pick(Exchange x, Candidates left) {
      long hash = KeyHash.of(x);
      for (int i = 0; i < TRIES; i++) {
        hash = KeyHash.mix(hash);
        int endpoint = slots[(int) Long.remainderUnsigned(hash, slots.length)];
        if (left.has(endpoint)) {
          return endpoint;
        }
      }
      return left.at(0);
    }
  }
}
