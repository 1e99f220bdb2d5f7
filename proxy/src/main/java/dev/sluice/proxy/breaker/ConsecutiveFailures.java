package dev.sluice.proxy.breaker;

/// Opens at the n-th failure in a row.
final class ConsecutiveFailures implements FailureCount {
  private final int limit;
  private int count;

  ConsecutiveFailures(int limit) {
    this.limit = limit;
  }

  @Override
  public boolean opens(boolean success, boolean stale) {
    if (stale) {
      return false;
    }
    count = success ? 0 : count + 1;
    return count >= limit;
  }

  @Override
  public void changed() {
    count = 0;
  }
}
