package dev.sluice.proxy.balance;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;

/// How many attempts at one endpoint failed in a period, and what follows for the next one. Thread-safe; no thread of its own: a period is judged by
/// the first who asks or counts after it, and means nothing when a whole one has passed since.
final class EndpointHealth {
  private static final long ATTEMPT = 1L << 32; // failures are counted below

  private final String name;
  private final PassiveHealth rule;
  private final long started;
  private final Logger log;
  private final AtomicLong counts = new AtomicLong();
  private final AtomicLong period = new AtomicLong();
  private volatile double dropProbability;
  private volatile double weight = 1;

  /// @param started when the first period begins
  EndpointHealth(String name, PassiveHealth rule, long started, Logger log) {
    this.name = name;
    this.rule = rule;
    this.started = started;
    this.log = log;
  }

  void attempted(boolean failed, long now) {
    turnTo(now);
    counts.addAndGet(failed ? ATTEMPT + 1 : ATTEMPT);
  }

  double dropProbability(long now) {
    turnTo(now);
    return dropProbability;
  }

  /// As of the last period that was judged.
  double weight() {
    return weight;
  }

  private void turnTo(long now) {
    long current = (now - started) / rule.period().toNanos();
    long before = period.get();
    if (current > before && period.compareAndSet(before, current)) {
      long ended = counts.getAndSet(0);
      judge(current == before + 1 ? ended : 0);
    }
  }

  private void judge(long ended) {
    long attempts = ended >>> 32;
    double failed = attempts > rule.minRequests() ? (double) (ended & ATTEMPT - 1) / attempts : 0;
    boolean unhealthy = failed > rule.minDropProbability();
    weight = Math.max(1 - failed, 1 - rule.maxDropProbability());
    dropProbability = unhealthy ? Math.min(failed, rule.maxDropProbability()) : 0;
    if (unhealthy) {
      log.info("passive health check: endpoint {} failed in {} % of {} attempts and gets fewer", name, Math.round(100 * failed), attempts);
    }
  }
}
