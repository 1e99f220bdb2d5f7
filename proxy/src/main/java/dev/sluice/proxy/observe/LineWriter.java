package dev.sluice.proxy.observe;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Writes lines on a thread of its own, so that a pipe that nobody empties holds nobody up. At most 4096 lines wait; further ones are dropped and counted,
/// and the next line that is written is preceded by one that says how many. The thread begins with the first line.
final class LineWriter implements AutoCloseable {
  private static final int MOST = 4096;
  private static final Duration LAST = Duration.ofSeconds(2);

  private final PrintStream out;
  private final ConcurrentLinkedQueue<String> lines = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final AtomicLong queued = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final AtomicLong written = new AtomicLong();
  private volatile boolean closed;
  private volatile @Nullable Thread thread;
  private long told;

  LineWriter(PrintStream out) {
    this.out = out;
  }

  /// Never waits, unless the writer is closed: then the line is written in place.
  ///
  /// @param line with its end
  void write(String line) {
    if (closed) {
      out.print(line);
      out.flush();
      return;
    }
    if (waiting.incrementAndGet() > MOST) {
      waiting.decrementAndGet();
      dropped.incrementAndGet();
      return;
    }
    lines.add(line);
    queued.incrementAndGet();
    LockSupport.unpark(writer());
  }

  private Thread writer() {
    Thread running = thread;
    return running == null ? begin() : running;
  }

  private synchronized Thread begin() {
    Thread running = thread;
    if (running == null) {
      running = Thread.ofPlatform().daemon().name("application-log").start(this::run);
      thread = running;
    }
    return running;
  }

  private void run() {
    while (true) {
      boolean last = closed;
      writeAll();
      if (last) {
        return;
      }
      if (lines.isEmpty()) {
        LockSupport.park(this);
      }
    }
  }

  private void writeAll() {
    String line = lines.poll();
    while (line != null) {
      tellDropped();
      out.print(line);
      waiting.decrementAndGet();
      line = lines.poll();
      if (line == null) {
        out.flush();
      }
      written.incrementAndGet();
    }
  }

  private void tellDropped() {
    long now = dropped.get();
    if (now > told) {
      out.print(now - told + " lines were dropped here: they came faster than they could be written\n");
      told = now;
    }
  }

  /// Lines that were not written.
  long dropped() {
    return dropped.get();
  }

  /// Waits until all lines so far are written.
  ///
  /// @return false when that took longer
  boolean flush(Duration longest) {
    long end = System.nanoTime() + longest.toNanos();
    long all = queued.get();
    while (written.get() < all && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(200_000);
    }
    return written.get() >= all;
  }

  /// Writes what waits, for two seconds at most. Idempotent.
  @Override
  public void close() {
    closed = true;
    Thread running = thread;
    if (running == null) {
      return;
    }
    LockSupport.unpark(running);
    try {
      running.join(LAST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
