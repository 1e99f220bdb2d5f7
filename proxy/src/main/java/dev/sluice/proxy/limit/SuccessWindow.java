package dev.sluice.proxy.limit;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/// Counts answers and successes in slots of time; what counts are the complete slots of the window before now. Thread-safe, without locks: slots are
/// chosen by the clock, and the first one who comes into a new slot clears it.
public final class SuccessWindow {
  private final long slotNanos;
  private final int slots;
  private final LongSupplier clock;
  private final long origin;
  private final AtomicLongArray number;
  private final AtomicLongArray total;
  private final AtomicLongArray success;

  /// @param slots of the window, from 1
  public SuccessWindow(long slotNanos, int slots, LongSupplier clock) {
    this.slotNanos = slotNanos;
    this.slots = slots;
    this.clock = clock;
    this.origin = clock.getAsLong();
    this.number = new AtomicLongArray(slots + 1);
    this.total = new AtomicLongArray(slots + 1);
    this.success = new AtomicLongArray(slots + 1);
  }

  public void count(boolean succeeded) {
    long now = slot();
    int at = (int) (now % (slots + 1));
    long seen = number.get(at);
    if (seen != now && number.compareAndSet(at, seen, now)) {
      total.set(at, 0);
      success.set(at, 0);
    }
    total.incrementAndGet(at);
    if (succeeded) {
      success.incrementAndGet(at);
    }
  }

  /// The share of requests to refuse so that the rest keeps to the threshold, from 0 to 1: what came beyond successes / threshold, as in Google's SRE book,
  /// "Handling overload".
  public double rejectProbability(double minPerSecond, double threshold, double exponent) {
    long now = slot();
    double all = 0;
    double good = 0;
    for (int i = 0; i <= slots; i++) {
      long age = now - number.get(i);
      if (age >= 1 && age <= slots) {
        all += total.get(i);
        good += success.get(i);
      }
    }
    double perSecond = all / (slots * slotNanos / 1e9);
    double surplus = (all - good / threshold) / (all + 1);
    return perSecond < minPerSecond || surplus <= 0 ? 0 : Math.pow(surplus, exponent);
  }

  /// From 1, so that a slot that was never used is not the first one.
  private long slot() {
    return (clock.getAsLong() - origin) / slotNanos + slots + 2;
  }
}
