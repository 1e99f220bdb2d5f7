package dev.sluice.routes.spi;

import org.jspecify.annotations.Nullable;

/// A queue of exchanges (fifo, lifo, pace). Holds no thread.
public interface WaitList {
  /// @return a verdict now, or null: then the waiter is in the list and [Waiter#resume] comes later
  @Nullable Verdict enter(Waiter waiter);

  /// The client has gone or a deadline passed: forget the waiter.
  ///
  /// @return false when it was resumed already: its verdict is on the way and holds
  boolean leave(Waiter waiter);

  /// An exchange that waits.
  interface Waiter {
    /// From any thread, once; the driver posts it to the exchange's loop.
    void resume(Verdict verdict);

    /// The exchange that waits; what is read or changed by others than its own thread must be thread-safe.
    Exchange exchange();
  }
}
