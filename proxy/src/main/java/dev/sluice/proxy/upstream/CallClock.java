package dev.sluice.proxy.upstream;

import dev.sluice.proxy.loop.EventLoop;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// One timer for limits that move all the time: what is watched only changes the times that it looks at, and the timer is set anew when it ran too
/// early. Used on the loop.
final class CallClock {
  private final EventLoop loop;
  private final LongSupplier due;
  private final LongConsumer expired;
  private EventLoop.@Nullable Timer timer;
  private long at;

  /// @param due when something is due next, as nanoseconds of [System#nanoTime]; 0 when nothing is
  /// @param expired called with the present time when that time has come
  CallClock(EventLoop loop, LongSupplier due, LongConsumer expired) {
    this.loop = loop;
    this.due = due;
    this.expired = expired;
  }

  /// What is due may have become earlier, or something is due now where nothing was.
  void watch() {
    long next = due.getAsLong();
    if (next != 0 && (timer == null || next - at < 0)) {
      stop();
      at = next;
      timer = loop.schedule(next - System.nanoTime(), this::look);
    }
  }

  void stop() {
    EventLoop.Timer running = timer;
    timer = null;
    if (running != null) {
      running.cancel();
    }
  }

  private void look() {
    timer = null;
    long now = System.nanoTime();
    long next = due.getAsLong();
    if (next == 0 || next - now > 0) {
      watch();
    } else {
      expired.accept(now);
    }
  }

  /// The earlier of two times, either of which may be 0 for none.
  static long earlier(long a, long b) {
    return a == 0 || b != 0 && b - a < 0 ? b : a;
  }
}
