package dev.sluice.proxy.observe;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/// Moving rates of counts, brought up to date by each scrape: over the time since the last one the rate counts as even. With scrapes that are
/// far apart a rate tends to the mean since the last one. One thread at a time.
final class CodahaleRates {
  private static final double[] WINDOWS = {60, 300, 900};

  private final LongSupplier nanoTime;
  private final long began;
  private final Map<String, Rate> known = new HashMap<>();

  CodahaleRates(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.began = nanoTime.getAsLong();
  }

  /// @param one rate a second over one, five and fifteen minutes
  record Rates(double one, double five, double fifteen, double mean) {}

  Rates rates(String key, long count) {
    long now = nanoTime.getAsLong();
    double age = Math.max(1e-9, (now - began) / 1e9);
    double[] over = known.computeIfAbsent(key, k -> new Rate(began)).update(now, count);
    return new Rates(over[0], over[1], over[2], count / age);
  }

  /// Forgets all others.
  void retain(Set<String> keys) {
    known.keySet().retainAll(keys);
  }

  private static final class Rate {
    private final double[] over = new double[WINDOWS.length];
    private long last;
    private long count;
    private boolean running;

    Rate(long began) {
      this.last = began;
    }

    double[] update(long now, long total) {
      double seconds = (now - last) / 1e9;
      if (seconds > 0) {
        double even = (total - count) / seconds;
        for (int i = 0; i < over.length; i++) {
          double weight = running ? 1 - Math.exp(-seconds / WINDOWS[i]) : 1;
          over[i] += weight * (even - over[i]);
        }
        running = true;
        last = now;
        count = total;
      }
      return over;
    }
  }
}
