package dev.sluice.proxy.observe;

import dev.sluice.routes.spi.Failure;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/// Counts of one event loop. Written on the loop with plain ordered stores, no contended line; read by whoever scrapes.
public final class LoopCounters {
  /// Upper ends of the buckets of durations, in nanoseconds: Prometheus' own defaults.
  static final long[] BUCKETS = {
    5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000, 250_000_000, 500_000_000, 1_000_000_000, 2_500_000_000L,
    5_000_000_000L, 10_000_000_000L
  };

  private final AtomicLongArray byStatus = new AtomicLongArray(1000);
  private final AtomicLongArray byFailure = new AtomicLongArray(Failure.Kind.values().length);
  private final AtomicLongArray durations = new AtomicLongArray(BUCKETS.length + 1);
  private final AtomicLongArray sums = new AtomicLongArray(3);
  final LongAdder retries = new LongAdder();

  /// An exchange ended.
  ///
  /// @param nanos how long it took
  /// @param bytes sent to the client
  public void ended(int status, Failure.@org.jspecify.annotations.Nullable Kind failure, long nanos, long bytes) {
    add(byStatus, status >= 0 && status < 1000 ? status : 0, 1);
    if (failure != null) {
      add(byFailure, failure.ordinal(), 1);
    }
    int bucket = 0;
    while (bucket < BUCKETS.length && nanos > BUCKETS[bucket]) {
      bucket++;
    }
    add(durations, bucket, 1);
    add(sums, 0, nanos);
    add(sums, 1, bytes);
  }

  /// A further attempt of a backend call begins.
  public void retried() {
    retries.increment();
  }

  /// One writer: no compare-and-set is needed.
  private static void add(AtomicLongArray counts, int i, long more) {
    counts.setRelease(i, counts.getPlain(i) + more);
  }

  long status(int status) {
    return byStatus.getAcquire(status);
  }

  long failure(Failure.Kind kind) {
    return byFailure.getAcquire(kind.ordinal());
  }

  long duration(int bucket) {
    return durations.getAcquire(bucket);
  }

  long nanos() {
    return sums.getAcquire(0);
  }

  long bytes() {
    return sums.getAcquire(1);
  }
}
