package dev.sluice.proxy.forward;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Keeps retries from multiplying the load of a cluster that is down: on average one for five first attempts, and ten a second beside, over all loops.
///
/// Token buckets: each first attempt puts a fifth of a token into that of its loop, time puts ten a second into the one that loops share, each retry
/// takes one. One per event loop, used on it only; what is shared is touched by retries alone.
public final class RetryBudget {
  private static final int PER_TOKEN = 5;
  private static final int MOST = 100 * PER_TOKEN;

  private final Common common;

  /// In fifths.
  private int tokens;

  public RetryBudget(Common common) {
    this.common = common;
  }

  /// A first attempt begins.
  void request() {
    tokens = Math.min(MOST, tokens + 1);
  }

  /// Takes a token for a retry.
  ///
  /// @return false when there is none: no retry
  boolean take() {
    if (tokens >= PER_TOKEN) {
      tokens -= PER_TOKEN;
      return true;
    }
    return common.take();
  }

  /// What time puts in: a hundred at most, which is also there at first, as after ten quiet seconds. Thread-safe.
  public static final class Common {
    private static final long TOKEN = 100_000_000; // ten a second, so that time itself is what is saved
    private static final long MOST_SAVED = 100 * TOKEN;

    private final LongSupplier nanoTime;

    /// What was taken, as a time: what lies between it and now is left.
    private final AtomicLong taken;

    /// @param nanoTime monotonic
    public Common(LongSupplier nanoTime) {
      this.nanoTime = nanoTime;
      this.taken = new AtomicLong(nanoTime.getAsLong() - MOST_SAVED);
    }

    private boolean take() {
      long now = nanoTime.getAsLong();
      while (true) {
        long before = taken.get();
        long from = now - before > MOST_SAVED ? now - MOST_SAVED : before;
        if (now - from < TOKEN) {
          return false;
        }
        if (taken.compareAndSet(before, from + TOKEN)) {
          return true;
        }
      }
    }
  }
}
