package dev.sluice.proxy.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.routes.spi.CallGate;
import dev.sluice.routes.spi.CallGate.Permit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Closed, open, half open.
class CircuitBreakerTest {
  private static final long SECOND = 1_000_000_000L;
  private final AtomicLong now = new AtomicLong();

  private CircuitBreaker consecutive(int failures, int trials) {
    return new CircuitBreaker(
        new BreakerSettings(BreakerSettings.Type.CONSECUTIVE, "h", failures, 0, SECOND, trials, 0), now::get);
  }

  private static void call(CircuitBreaker breaker, boolean success) {
    Permit permit = breaker.enter();
    assertThat(permit).isNotNull();
    permit.done(success);
  }

  @Test
  void opensAfterFailuresInARow() {
    CircuitBreaker breaker = consecutive(2, 1);
    call(breaker, false);
    call(breaker, true);
    call(breaker, false);
    call(breaker, false);
    assertThat(breaker.enter()).isNull();
  }

  @Test
  void aTrialClosesItAndAFailureOpensItAgain() {
    CircuitBreaker breaker = consecutive(1, 1);
    call(breaker, false);
    now.addAndGet(SECOND);
    assertThat(breaker.enter()).as("not later than its timeout").isNull();
    now.addAndGet(1);
    call(breaker, false);
    assertThat(breaker.enter()).isNull();
    now.addAndGet(SECOND + 1);
    call(breaker, true);
    call(breaker, true);
  }

  @Test
  void asManyTrialsAsAllowedAtOnce() {
    CircuitBreaker breaker = consecutive(1, 2);
    call(breaker, false);
    now.addAndGet(SECOND + 1);
    Permit first = breaker.enter();
    Permit second = breaker.enter();
    assertThat(first).isNotNull();
    assertThat(second).isNotNull();
    assertThat(breaker.enter()).isNull();
    first.done(true);
    assertThat(breaker.enter()).as("not closed before all trials succeeded").isNull();
    second.done(true);
    assertThat(breaker.enter()).isNotNull();
  }

  @Test
  void callsOfATimeBeforeDoNotCount() {
    CircuitBreaker breaker = consecutive(1, 1);
    Permit slow = breaker.enter();
    call(breaker, false);
    now.addAndGet(SECOND + 1);
    Permit trial = breaker.enter();
    assertThat(slow).isNotNull();
    assertThat(trial).isNotNull();
    slow.done(false);
    trial.done(true);
    assertThat(breaker.enter()).isNotNull();
  }

  @Test
  void theRateForgetsOldCalls() {
    var breaker = new CircuitBreaker(
        new BreakerSettings(BreakerSettings.Type.RATE, "h", 2, 3, SECOND, 1, 0), now::get);
    for (boolean success : new boolean[] {false, true, true, false, true, true, false, false}) {
      call(breaker, success);
    }
    assertThat(breaker.enter()).isNull();
  }

  @Test
  void settingsOfTheHostCompleteThoseOfAFilter() {
    var registry = new BreakerRegistry(
        false,
        List.of(
            BreakerSettings.parse(Map.of("failures", "5", "timeout", "3s")),
            BreakerSettings.parse(Map.of("host", "a:80"))),
        now::get);
    CallGate gate = registry.standard();
    assertThat(gate).isNotNull();
    for (int i = 0; i < 5; i++) {
      Permit permit = gate.enter("a:80");
      assertThat(permit).isNotNull();
      permit.done(false);
    }
    assertThat(gate.enter("a:80")).isNull();
    assertThat(gate.enter("b:80")).isNotNull();
    assertThat(gate.enter("")).isNotNull();
  }

  @Test
  void badFlagsAreExplained() {
    assertThatThrownBy(() -> BreakerSettings.parse(Map.of("type", "both")))
        .hasMessage("-breaker: type must be consecutive, rate or disabled, not \"both\"");
    assertThatThrownBy(() -> BreakerSettings.parse(Map.of("failures", "x")))
        .hasMessage("-breaker: failures must be a whole number, not \"x\"");
  }
}
