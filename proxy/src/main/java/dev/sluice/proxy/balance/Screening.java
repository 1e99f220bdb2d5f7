package dev.sluice.proxy.balance;

import dev.sluice.routes.model.Endpoint;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Which endpoints of a route are left out of a pick: first those that their check found unwell; then, as in Skipper, those that fade in, by one draw for
/// all of them, so that equally new ones come together, and those that fail, by one draw. No step ever leaves out all that the one before has left.
/// Thread-safe; nothing is allocated while no endpoint is unwell, new or fails.
///
/// @param counts of each endpoint, same indexes
/// @param probes the check of each endpoint, same indexes; empty: none is checked
/// @param fading null: no endpoint counts as new
/// @param health null: no endpoint counts as failing
/// @param random thread-safe
/// @param nanoTime monotonic, as the counts have it
/// @param dropped counts endpoints left out because they fail
/// @param passed counts picks for which that happened
public record Screening(List<Endpoint> endpoints, List<EndpointCounts> counts, List<EndpointProbe> probes, @Nullable Fading fading,
    @Nullable PassiveHealth health, RandomGenerator random, LongSupplier nanoTime, LongAdder dropped, LongAdder passed) {
  /// Indexes of those left out; null: none. Endpoints of weight 0 do not count at all.
  public @Nullable BitSet leftOut() {
    long now = nanoTime.getAsLong();
    BitSet out = probes.isEmpty() ? null : unwell();
    out = fading == null ? out : withFresh(fading, out, now);
    return health == null ? out : withFailing(health, out, now);
  }

  private @Nullable BitSet unwell() {
    BitSet out = null;
    for (int i = 0; i < probes.size(); i++) {
      if (!probes.get(i).isHealthy() && takesTraffic(i)) {
        out = added(out, i);
      }
    }
    return out != null && out.cardinality() == inUse(null) ? null : out;
  }

  private @Nullable BitSet withFresh(Fading rule, @Nullable BitSet before, long now) {
    double threshold = -1;
    BitSet fresh = null;
    for (int i = 0; i < counts.size(); i++) {
      long age = now - counts.get(i).detected();
      if (rule.isNew(age) && takesTraffic(i) && (before == null || !before.get(i))) {
        threshold = threshold < 0 ? random.nextDouble() : threshold;
        if (threshold >= rule.score(age)) {
          fresh = added(fresh, i);
        }
      }
    }
    if (fresh == null || fresh.cardinality() == inUse(before)) {
      return before;
    }
    if (before != null) {
      fresh.or(before);
    }
    return fresh;
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
