package dev.sluice.proxy.observe;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Writes a line for each request, off the request path: an event loop puts what it knows into a ring of its own, one thread formats and writes.
///
/// A ring has one writer (its loop) and one reader (the thread). When the reader cannot keep up, records are dropped and counted; a loop never
/// waits. The thread looks every ten milliseconds while there is traffic, and parks when there has been none for a second. A line is held back for
/// some milliseconds, so that those of requests that came one after the other on different loops keep that order.
public final class AccessLog implements AutoCloseable {
  private static final int SIZE = 1 << 14;
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long HELD_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
  private static final int IDLE_LOOKS = 100;

  /// Bounds how long a line waits that was put in just as the thread went to sleep: a loop that hands over an entry does not pay for a fence.
  private static final long LONGEST_SLEEP = TimeUnit.MILLISECONDS.toNanos(500);

  private final Ring[] rings;
  private final AccessLogFormat format;
  private final OutputStream out;
  private final Thread thread;
  private final LongAdder dropped = new LongAdder();
  private volatile boolean parked;
  private volatile boolean closing;

  /// @param loops number of event loops
  /// @param out written to by one thread, whole lines at a time; not closed by this class
  public AccessLog(int loops, AccessLogFormat format, OutputStream out) {
    this.rings = new Ring[loops];
    for (int i = 0; i < loops; i++) {
      rings[i] = new Ring();
    }
    this.format = format;
    this.out = out;
    this.thread = Thread.ofPlatform().name("access-log").daemon().start(this::run);
  }

  /// On the loop with this index only.
  public void log(int loop, AccessRecord entry) {
    if (!rings[loop].offer(entry)) {
      dropped.increment();
    }
    if (parked) {
      parked = false;
      LockSupport.unpark(thread);
    }
  }

  /// Lines that were not written, because writing was too slow or failed.
  public long dropped() {
    return dropped.sum();
  }

  private void run() {
    StringBuilder lines = new StringBuilder(1 << 16);
    warmUp(lines);
    int idle = 0;
    while (true) {
      boolean last = closing;
      if (drain(lines, last)) {
        idle = 0;
      } else if (last) {
        return;
      } else {
        idle++;
      }
      if (idle < IDLE_LOOKS) {
        LockSupport.parkNanos(LOOK_NANOS);
      } else {
        parked = true;
        if (earliest(true, 0) == null && !closing) {
          LockSupport.parkNanos(this, LONGEST_SLEEP);
        }
        parked = false;
      }
    }
  }

  /// Loads what a line needs, so that the first requests don't.
  private void warmUp(StringBuilder lines) {
    append(lines, AccessRecord.refused(0, 0, "", "", 400, 0, ""));
    lines.setLength(0);
  }

  /// @param all nothing is held back
  private boolean drain(StringBuilder lines, boolean all) {
    int count = 0;
    boolean any = false;
    long until = System.nanoTime() - HELD_NANOS;
    for (Ring ring = earliest(all, until); ring != null; ring = earliest(all, until)) {
      append(lines, ring.poll());
      any = true;
      count++;
      if (lines.length() > 1 << 15) {
        write(lines, count);
        count = 0;
      }
    }
    write(lines, count);
    return any;
  }

  /// The ring whose first entry began first, or null when there is none.
  ///
  /// @param until entries that ended later count only with `all`
  private @Nullable Ring earliest(boolean all, long until) {
    Ring found = null;
    long began = 0;
    for (Ring ring : rings) {
      AccessRecord first = ring.peek();
      if (first != null && (all || first.end() - until <= 0)) {
        long start = first.end() - first.nanos();
        if (found == null || start - began < 0) {
          found = ring;
          began = start;
        }
      }
    }
    return found;
  }

  /// A line that cannot be made must not end the log.
  private void append(StringBuilder lines, AccessRecord entry) {
    int start = lines.length();
    try {
      format.append(lines, entry);
    } catch (RuntimeException e) {
      lines.setLength(start);
      dropped.increment();
    }
  }

  private void write(StringBuilder lines, int count) {
    if (!lines.isEmpty()) {
      try {
        out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
      } catch (IOException e) {
        dropped.add(count);
      }
      lines.setLength(0);
    }
  }

  /// Writes what is there and ends the thread; gives up after five seconds when the target does not take it. Loops must not log any more.
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(TimeUnit.SECONDS.toMillis(5));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// One writer, one reader; each slot is handed over by its own ordered store.
  private static final class Ring {
    private final AtomicReferenceArray<AccessRecord> slots = new AtomicReferenceArray<>(SIZE);
    private int head;
    private int tail;

    boolean offer(AccessRecord entry) {
      int at = tail & SIZE - 1;
      if (slots.getAcquire(at) != null) {
        return false;
      }
      slots.setRelease(at, entry);
      tail++;
      return true;
    }

    @Nullable AccessRecord peek() {
      return slots.getAcquire(head & SIZE - 1);
    }

    /// Only after [#peek] has found something.
    AccessRecord poll() {
      int at = head & SIZE - 1;
      AccessRecord entry = slots.getAcquire(at);
      slots.setRelease(at, null);
      head++;
      return entry;
    }
  }
}
