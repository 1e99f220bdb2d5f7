package dev.sluice.routes.spi;

import org.jspecify.annotations.Nullable;

/// Lets backend calls pass or not: a circuit breaker. Thread-safe; never blocks.
public interface CallGate {
  /// @param host the Host that will be sent to the backend
  /// @return a permit, to be given back with the outcome, or null: refused
  @Nullable Permit enter(String host);

  /// What the client gets when the call is refused.
  Answer refusal();

  /// One call under way.
  interface Permit {
    /// Once, at the end of the attempt. A failure is: no complete head, or a status of 500 and above.
    void done(boolean success);
  }
}
