package dev.sluice.proxy.breaker;

import dev.sluice.routes.spi.CallGate;
import dev.sluice.routes.spi.CallGate.Permit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The three states of a breaker and their changes.
///
/// Every change of state begins a new generation; the outcome of a call that began in an earlier one no longer counts, so that slow
/// answers of a time before cannot close or open anything. A call that succeeds while nothing failed lately is the usual case; it costs one
/// short monitor section of a few field accesses, never held while anything is called.
///
/// Thread-safe.
public final class CircuitBreaker {
  private enum State {
    CLOSED,
    OPEN,
    HALF_OPEN
  }

  private final LongSupplier clock;
  private final long timeoutNanos;
  private final int trials;
  private final FailureCount failures;
  private State state = State.CLOSED;
  private long generation;
  private long openedAt;
  private int admitted;
  private int succeeded;

  CircuitBreaker(BreakerSettings settings, LongSupplier clock) {
    this.clock = clock;
    this.timeoutNanos = settings.timeoutNanos() > 0 ? settings.timeoutNanos() : 60_000_000_000L;
    this.trials = Math.max(1, settings.halfOpenRequests());
    this.failures = settings.type() == BreakerSettings.Type.RATE
        ? new FailureRate(settings.failures(), settings.window())
        : new ConsecutiveFailures(settings.failures());
  }

  /// A permit for a call, or null: the breaker is open, or half open with enough trials under way.
  public CallGate.@Nullable Permit enter() {
    long mine;
    synchronized (this) {
      if (state == State.OPEN && clock.getAsLong() - openedAt > timeoutNanos) {
        change(State.HALF_OPEN);
      }
      if (state == State.OPEN || state == State.HALF_OPEN && admitted >= trials) {
        return null;
      }
      admitted++;
      mine = generation;
    }
    return success -> done(success, mine);
  }

  private synchronized void done(boolean success, long begun) {
    boolean stale = begun != generation;
    boolean full = failures.opens(success, stale);
    if (stale) {
      return;
    }
    if (state == State.CLOSED && full) {
      open();
    } else if (state == State.HALF_OPEN) {
      if (!success) {
        open();
      } else if (++succeeded >= trials) {
        change(State.CLOSED);
      }
    }
  }

  private void open() {
    change(State.OPEN);
    openedAt = clock.getAsLong();
  }

  private void change(State to) {
    state = to;
    generation++;
    admitted = 0;
    succeeded = 0;
    failures.changed();
  }
}
