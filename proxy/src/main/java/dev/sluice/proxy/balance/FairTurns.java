package dev.sluice.proxy.balance;

import dev.sluice.proxy.balance.LoadBalancer.Candidates;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.random.RandomGenerator;

/// Turns in proportion to the health of endpoints, spread as evenly as can be; with equal health each has one turn in a round. Lock-free.
///
/// Each endpoint has a time at which its next turn begins. The earliest has the turn, and its next one is later by 1 / health (start-time fair queueing:
/// Goyal, Vin, Cheng, 1996). Time goes on to the begin of the turn that was given last. Who was no candidate for a while starts again now and does not
/// catch up; who had become healthy waits no longer than a healthy one. Skipper does the same with the accumulated weights of nginx, under a lock.
final class FairTurns {
  private static final double UNIT = 1 << 20;
  private static final double LEAST_HEALTH = 0.001;

  private final AtomicLongArray next;
  private final AtomicLong now = new AtomicLong();
  private final RandomGenerator random;

  /// @param random decides between turns that begin at the same time
  FairTurns(int endpoints, RandomGenerator random) {
    this.next = new AtomicLongArray(endpoints);
    this.random = random;
  }

  /// Whose turn it is, or -1 when there is no candidate.
  ///
  /// @param fewest only those that have the fewest requests under way for their health
  int pick(Candidates left, boolean fewest) {
    while (true) {
      int size = next.length();
      int offset = random.nextInt(size);
      long time = now.get();
      int best = -1;
      long bestNext = 0;
      long bestStart = 0;
      double bestLoad = 0;
      for (int n = 0; n < size; n++) {
        int i = offset + n < size ? offset + n : offset + n - size;
        if (left.has(i)) {
          double load = fewest ? left.inFlight(i) / health(left, i) : 0;
          long begins = next.get(i);
          long start = Math.clamp(begins, time, time + turn(left, i));
          if (best < 0 || load < bestLoad || load == bestLoad && start < bestStart) {
            best = i;
            bestNext = begins;
            bestStart = start;
            bestLoad = load;
          }
        }
      }
      if (best < 0) {
        return -1;
      }
      if (next.compareAndSet(best, bestNext, bestStart + turn(left, best))) { // else another loop has taken this turn
        now.accumulateAndGet(bestStart, Math::max);
        return best;
      }
    }
  }

  private static long turn(Candidates left, int i) {
    return (long) (UNIT / health(left, i));
  }

  private static double health(Candidates left, int i) {
    return Math.max(LEAST_HEALTH, left.health(i));
  }
}
