package dev.sluice.proxy.breaker;

/// Opens when that many of the last calls failed: a ring of bits, one for each call, and their running sum. The window goes on through open and
/// half-open states; only a failure opens.
final class FailureRate implements FailureCount {
  private final int limit;
  private final boolean[] failed;
  private int next;
  private int count;

  FailureRate(int limit, int window) {
    this.limit = limit;
    this.failed = new boolean[Math.max(1, window)];
  }

  @Override
  public boolean opens(boolean success, boolean stale) {
    count -= failed[next] ? 1 : 0;
    failed[next] = !success;
    count += success ? 0 : 1;
    next = next + 1 == failed.length ? 0 : next + 1;
    return !success && count >= limit;
  }

  @Override
  public void changed() {}
}
