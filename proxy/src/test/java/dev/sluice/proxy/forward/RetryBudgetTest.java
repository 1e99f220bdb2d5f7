package dev.sluice.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private final AtomicLong now = new AtomicLong();
  private final RetryBudget budget = new RetryBudget(now::get, 1);

  @Test
  void tenAtOnceWithoutTraffic() {
    assertThat(taken(50)).isEqualTo(10);
  }

  @Test
  void oneForFiveRequests() {
    taken(50);
    for (int i = 0; i < 100; i++) {
      budget.request();
    }
    assertThat(taken(50)).isEqualTo(20);
  }

  @Test
  void tenASecond() {
    taken(50);
    now.addAndGet(3_000_000_000L);
    assertThat(taken(50)).isEqualTo(30);
  }

  @Test
  void aQuietHourSavesNoMoreThanAHundred() {
    now.addAndGet(3_600_000_000_000L);
    assertThat(taken(500)).isEqualTo(100);
  }

  @Test
  void loopsShareWhatTimePutsIn() {
    RetryBudget[] loops = new RetryBudget[4];
    Arrays.setAll(loops, i -> new RetryBudget(now::get, loops.length));
    assertThat(taken(loops)).as("ten at once, rounded up for each loop").isEqualTo(12);
    now.addAndGet(2_000_000_000L);
    assertThat(taken(loops)).isEqualTo(20);
    now.addAndGet(3_600_000_000_000L);
    assertThat(taken(loops)).isEqualTo(100);
  }

  private static int taken(RetryBudget... budgets) {
    int taken = 0;
    for (int i = 0; i < 500; i++) {
      for (RetryBudget each : budgets) {
        taken += each.take() ? 1 : 0;
      }
    }
    return taken;
  }

  private int taken(int tries) {
    int taken = 0;
    for (int i = 0; i < tries; i++) {
      taken += budget.take() ? 1 : 0;
    }
    return taken;
  }
}
