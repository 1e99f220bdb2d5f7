package dev.sluice.proxy.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// How much is refused when too little succeeds.
class SuccessWindowTest {
  private final AtomicLong now = new AtomicLong();

  @Test
  void completeSlotsOfTheWindowCount() {
    var window = new SuccessWindow(1_000, 3, now::get);
    for (int i = 0; i < 100; i++) {
      window.count(false);
    }
    assertThat(window.rejectProbability(1, 0.9, 1)).as("the slot is not complete").isZero();
    now.set(1_000);
    assertThat(window.rejectProbability(1, 0.9, 1)).isEqualTo(100.0 / 101);
    now.set(3_999);
    assertThat(window.rejectProbability(1, 0.9, 1)).isEqualTo(100.0 / 101);
    now.set(4_000);
    assertThat(window.rejectProbability(1, 0.9, 1)).as("it left the window").isZero();
  }

  @Test
  void enoughSuccessRefusesNothing() {
    var window = new SuccessWindow(1_000, 3, now::get);
    for (int i = 0; i < 100; i++) {
      window.count(i % 10 > 0);
    }
    now.set(1_000);
    assertThat(window.rejectProbability(1, 0.9, 1)).isZero();
    assertThat(window.rejectProbability(1, 0.95, 1)).isPositive();
    assertThat(window.rejectProbability(1e12, 0.95, 1)).as("too few requests").isZero();
  }
}
