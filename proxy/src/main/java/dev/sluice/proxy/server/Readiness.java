package dev.sluice.proxy.server;

import org.jspecify.annotations.Nullable;

/// Whether a gateway wants traffic, and why not. Thread-safe.
public final class Readiness {
  private static final String SHUTTING_DOWN = "the gateway is shutting down";

  private volatile @Nullable String reason = "the gateway is starting";

  /// The listeners are open. Without effect once it is shutting down.
  public synchronized void up() {
    if (!SHUTTING_DOWN.equals(reason)) {
      reason = null;
    }
  }

  /// It still serves, and is about to end.
  public synchronized void shuttingDown() {
    reason = SHUTTING_DOWN;
  }

  /// Null when it wants traffic.
  public @Nullable String problem() {
    return reason;
  }
}
