package dev.sluice.proxy.forward;

import java.util.function.LongSupplier;

/// Keeps retries from multiplying the load of a cluster that is down: on average one for five first attempts, and ten a second beside.
///
/// A token bucket: each first attempt puts in a fifth of a token, time puts in ten a second, each retry takes one. One per event loop, used on it
/// only.
public final class RetryBudget {
  /// Tokens are counted in billionths, so that sums are exact.
  private static final long TOKEN = 1_000_000_000;
  private static final long PER_REQUEST = TOKEN / 5;
  private static final long PER_NANO = 10;
  private static final long MOST = 100 * TOKEN;

  private final LongSupplier nanoTime;
  private long tokens = 10 * TOKEN;
  private long at;

  public RetryBudget(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.at = nanoTime.getAsLong();
  }

  /// A first attempt begins.
  void request() {
    tokens = Math.min(MOST, tokens + PER_REQUEST);
  }

  /// Takes a token for a retry.
  ///
  /// @return false when there is none: no retry
  boolean take() {
    long now = nanoTime.getAsLong();
    tokens = Math.min(MOST, tokens + Math.min(now - at, MOST / PER_NANO) * PER_NANO);
    at = now;
    if (tokens < TOKEN) {
      return false;
    }
    tokens -= TOKEN;
    return true;
  }
}
