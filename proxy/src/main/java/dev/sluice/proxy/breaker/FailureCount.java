package dev.sluice.proxy.breaker;

/// Decides from the outcomes of calls whether a breaker opens. Used under its breaker's monitor.
sealed interface FailureCount permits ConsecutiveFailures, FailureRate {
  /// @param stale the call began before the last change of state
  /// @return true when a closed breaker shall open
  boolean opens(boolean success, boolean stale);

  /// The breaker changed its state.
  void changed();
}
