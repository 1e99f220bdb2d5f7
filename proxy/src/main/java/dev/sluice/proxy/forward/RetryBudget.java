package dev.sluice.proxy.forward;

import java.util.function.LongSupplier;

/// Keeps retries from multiplying the load of a cluster that is down: on average one for five first attempts, and ten a second beside, over all loops.
///
/// A token bucket: each first attempt puts in a fifth of a token, time puts in the loop's share of ten a second, each retry takes one. One per event
/// loop, used on it only.
public final class RetryBudget {
  private static final long SECOND = 1_000_000_000;
  private static final long PER_SECOND = 10;
  private static final long MOST = 100;

  private final LongSupplier nanoTime;

  /// Counted so finely that a loop's share of ten a second is ten a nanosecond: sums are exact.
  private final long token;
  private final long most;
  private long tokens;
  private long at;

  /// @param loops that share what time puts in
  public RetryBudget(LongSupplier nanoTime, int loops) {
    this.nanoTime = nanoTime;
    this.token = SECOND * loops;
    this.most = token * Math.ceilDiv(MOST, loops);
    this.tokens = token * Math.ceilDiv(PER_SECOND, loops);
    this.at = nanoTime.getAsLong();
  }

  /// A first attempt begins.
  void request() {
    tokens = Math.min(most, tokens + token / 5);
  }

  /// Takes a token for a retry.
  ///
  /// @return false when there is none: no retry
  boolean take() {
    long now = nanoTime.getAsLong();
    tokens = Math.min(most, tokens + Math.min(now - at, most / PER_SECOND) * PER_SECOND);
    at = now;
    if (tokens < token) {
      return false;
    }
    tokens -= token;
    return true;
  }
}
