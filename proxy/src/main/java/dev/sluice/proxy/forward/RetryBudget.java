package dev.sluice.proxy.forward;

import java.util.function.LongSupplier;

/// Keeps retries from multiplying the load of a cluster that is down: on average one for five first attempts, and ten a second beside.
///
/// A token bucket: each first attempt puts in a fifth of a token, time puts in ten a second, each retry takes one. One per event loop, used on it
/// only.
public final class RetryBudget {
  private static final double PER_REQUEST = 0.2;
  private static final double PER_NANO = 10 / 1e9;
  private static final double MOST = 100;

  private final LongSupplier nanoTime;
  private double tokens = 10;
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
    tokens = Math.min(MOST, tokens + (now - at) * PER_NANO);
    at = now;
    if (tokens < 1) {
      return false;
    }
    tokens--;
    return true;
  }
}
