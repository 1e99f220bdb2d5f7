package dev.sluice.proxy.observe;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;

/// Counts of values by size. One thread writes, with plain ordered stores; any may read.
final class Histogram {
  private final long[] bounds;

  /// One for each bound, one for what is above the last, then sum, least and greatest value.
  private final AtomicLongArray cells;

  /// @param bounds upper ends of the buckets, ascending; shared, never changed
  Histogram(long[] bounds) {
    this.bounds = bounds;
    this.cells = new AtomicLongArray(bounds.length + 4);
    cells.setPlain(bounds.length + 2, Long.MAX_VALUE);
  }

  /// On the one writing thread.
  void record(long value) {
    int bucket = 0;
    while (bucket < bounds.length && value > bounds[bucket]) {
      bucket++;
    }
    int sum = bounds.length + 1;
    cells.setRelease(sum, cells.getPlain(sum) + value);
    if (value < cells.getPlain(sum + 1)) {
      cells.setRelease(sum + 1, value);
    }
    if (value > cells.getPlain(sum + 2)) {
      cells.setRelease(sum + 2, value);
    }
    cells.setRelease(bucket, cells.getPlain(bucket) + 1);
  }

  /// Adds what was recorded so far.
  void addTo(Distribution total) {
    int sum = bounds.length + 1;
    for (int i = 0; i < sum; i++) {
      total.counts[i] += cells.getAcquire(i);
    }
    total.sum += cells.getAcquire(sum);
    total.least = Math.min(total.least, cells.getAcquire(sum + 1));
    total.greatest = Math.max(total.greatest, cells.getAcquire(sum + 2));
  }

  long[] bounds() {
    return bounds;
  }

  /// The sum of histograms with the same bounds, at one time. Not thread-safe.
  static final class Distribution {
    private final long[] bounds;
    private final long[] counts;
    private long sum;
    private long least = Long.MAX_VALUE;
    private long greatest;

    Distribution(long[] bounds) {
      this.bounds = bounds;
      this.counts = new long[bounds.length + 1];
    }

    long count() {
      return Arrays.stream(counts).sum();
    }

    long sum() {
      return sum;
    }

    /// 0 without values.
    long least() {
      return least == Long.MAX_VALUE ? 0 : least;
    }

    long greatest() {
      return greatest;
    }

    /// How many values are at most `bound`, which is one of the bounds.
    long upTo(long bound) {
      long found = 0;
      for (int i = 0; i < bounds.length && bounds[i] <= bound; i++) {
        found += counts[i];
      }
      return found;
    }

    double mean() {
      long count = count();
      return count == 0 ? 0 : (double) sum / count;
    }

    /// Estimated: each value counts as the middle of its bucket.
    double deviation() {
      long count = count();
      if (count == 0) {
        return 0;
      }
      double mean = mean();
      double squares = 0;
      for (int i = 0; i < counts.length; i++) {
        double away = (lower(i) + upper(i)) / 2.0 - mean;
        squares += counts[i] * away * away;
      }
      return Math.sqrt(squares / count);
    }

    /// Estimated: values are taken to be spread evenly over their bucket.
    ///
    /// @param part from 0 to 1
    double quantile(double part) {
      double wanted = part * count();
      double before = 0;
      for (int i = 0; i < counts.length; i++) {
        if (counts[i] > 0 && before + counts[i] >= wanted) {
          return lower(i) + (upper(i) - lower(i)) * (wanted - before) / counts[i];
        }
        before += counts[i];
      }
      return 0;
    }

    private double lower(int bucket) {
      return bucket == 0 ? least() : Math.max(bounds[bucket - 1], least());
    }

    private double upper(int bucket) {
      return bucket == bounds.length ? greatest : Math.max(Math.min(bounds[bucket], greatest), lower(bucket));
    }
  }
}
