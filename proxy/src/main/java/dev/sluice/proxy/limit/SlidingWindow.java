package dev.sluice.proxy.limit;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.LongSupplier;

/// Counts the hits of a sliding window: a hit is allowed when fewer than `maxHits` were allowed within the window before it.
///
/// The idea (a sliding log): a ring holds the times of the last `maxHits` allowed hits. The entry at the head is the oldest; when it is older
/// than the window it is overwritten and the head moves on, else the hit is denied. Exact, unlike buckets or two half windows, for eight bytes for each
/// allowed hit; the ring grows in blocks as it is used.
///
/// No lock: a hit is one compare-and-set on the entry at the head, then one on the head itself. A thread that finds the entry filled but the
/// head not moved moves the head for the other one. Each entry carries the parity of the round that wrote it, which tells "filled in this
/// round" from "left by the last one". A stale reader cannot overwrite a newer entry: its own time was taken before the newer one, so the
/// entry does not look old to it.
///
/// Thread-safe.
public final class SlidingWindow {
  private static final int BLOCK = 64;
  /// Older than any window; odd, so that round 0 (even) finds it left by a round before.
  private static final long NEVER = (Long.MIN_VALUE >> 1) | 1;
  /// Longest window: nothing overflows below it.
  private static final long LONGEST = 1L << 60;

  private final int maxHits;
  private final long windowNanos;
  private final LongSupplier clock;
  private final long origin;
  private final AtomicReferenceArray<AtomicLongArray> blocks;
  private final AtomicLong head = new AtomicLong();

  /// @param maxHits from 0 (everything is denied)
  /// @param windowNanos from 1
  /// @param clock monotonic nanoseconds
  public SlidingWindow(int maxHits, long windowNanos, LongSupplier clock) {
    this.maxHits = maxHits;
    this.windowNanos = Math.min(windowNanos, LONGEST);
    this.clock = clock;
    this.origin = clock.getAsLong();
    this.blocks = new AtomicReferenceArray<>((maxHits + BLOCK - 1) / BLOCK);
  }

  /// Counts a hit when it is allowed.
  public boolean allow() {
    if (maxHits == 0) {
      return false;
    }
    long now = clock.getAsLong() - origin;
    while (true) {
      long at = head.get();
      long round = at / maxHits & 1;
      int index = (int) (at % maxHits);
      AtomicLongArray block = block(index);
      long entry = block.get(index % BLOCK);
      if ((entry & 1) == round) {
        head.compareAndSet(at, at + 1); // another thread filled it and has not moved the head yet
      } else if (now - (entry >> 1) > windowNanos) {
        if (block.compareAndSet(index % BLOCK, entry, now << 1 | round)) {
          head.compareAndSet(at, at + 1);
          return true;
        }
      } else if (head.get() == at) {
        return false;
      }
    }
  }

  /// Whole seconds, rounded up, until a hit is allowed again; 0 when it is now. With no hits at all: five years.
  public long retryAfterSeconds() {
    if (maxHits == 0) {
      return 157_680_000;
    }
    int index = (int) (head.get() % maxHits);
    long oldest = block(index).get(index % BLOCK) >> 1;
    long left = oldest + windowNanos - (clock.getAsLong() - origin);
    return left <= 0 ? 0 : (left + 999_999_999) / 1_000_000_000;
  }

  private AtomicLongArray block(int index) {
    AtomicLongArray block = blocks.get(index / BLOCK);
    if (block != null) {
      return block;
    }
    long[] empty = new long[Math.min(BLOCK, maxHits - index / BLOCK * BLOCK)];
    Arrays.fill(empty, NEVER);
    var made = new AtomicLongArray(empty);
    AtomicLongArray earlier = blocks.compareAndExchange(index / BLOCK, null, made);
    return earlier == null ? made : earlier;
  }
}
