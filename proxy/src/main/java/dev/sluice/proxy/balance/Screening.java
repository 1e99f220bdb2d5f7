package dev.sluice.proxy.balance;

import dev.sluice.routes.model.Endpoint;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Which endpoints of a route are left out of a pick, as in Skipper: first those that fade in, by one draw for all of them, so that equally new ones come
/// together; then those that fail, by one draw. Neither step ever leaves out all. Thread-safe; nothing is allocated while no endpoint is new or fails.
///
/// @param counts of each endpoint, same indexes
/// @param fading null: no endpoint counts as new
/// @param health null: no endpoint counts as failing
/// @param random thread-safe
/// @param nanoTime monotonic, as the counts have it
/// @param dropped counts endpoints left out because they fail
/// @param passed counts picks for which that happened
public record Screening(List<Endpoint> endpoints, List<EndpointCounts> counts, @Nullable Fading fading, @Nullable PassiveHealth health,
    RandomGenerator random, LongSupplier nanoTime, LongAdder dropped, LongAdder passed) {
  /// Indexes of those left out; null: none. Endpoints of weight 0 do not count at all.
  public @Nullable BitSet leftOut() {
    long now = nanoTime.getAsLong();
    BitSet fresh = fading == null ? null : fresh(fading, now);
    return health == null ? fresh : withFailing(health, fresh, now);
  }

  private @Nullable BitSet fresh(Fading rule, long now) {
    double threshold = -1;
    BitSet out = null;
    for (int i = 0; i < counts.size(); i++) {
      long age = now - counts.get(i).detected();
      if (rule.isNew(age) && takesTraffic(i)) {
        threshold = threshold < 0 ? random.nextDouble() : threshold;
        if (threshold >= rule.score(age)) {
          out = added(out, i);
        }
      }
    }
    return out != null && out.cardinality() == inUse(null) ? null : out;
  }

  private @Nullable BitSet withFailing(PassiveHealth rule, @Nullable BitSet before, long now) {
    double threshold = -1;
    BitSet failing = null;
    for (int i = 0; i < counts.size(); i++) {
      double probability = counts.get(i).dropProbability(now);
      if (probability > 0 && takesTraffic(i) && (before == null || !before.get(i))) {
        threshold = threshold < 0 ? random.nextDouble() : threshold;
        if (threshold < probability) {
          failing = added(failing, i);
        }
      }
    }
    if (failing == null) {
      return before;
    }
    int count = failing.cardinality();
    int all = inUse(before);
    if (count == all || count > all * rule.maxUnhealthyRatio()) {
      return before;
    }
    dropped.add(count);
    passed.increment();
    if (before != null) {
      failing.or(before);
    }
    return failing;
  }

  private BitSet added(@Nullable BitSet set, int i) {
    BitSet result = set == null ? new BitSet(endpoints.size()) : set;
    result.set(i);
    return result;
  }

  private int inUse(@Nullable BitSet without) {
    int count = 0;
    for (int i = 0; i < endpoints.size(); i++) {
      count += takesTraffic(i) && (without == null || !without.get(i)) ? 1 : 0;
    }
    return count;
  }

  private boolean takesTraffic(int i) {
    return endpoints.get(i).weight() > 0;
  }
}
