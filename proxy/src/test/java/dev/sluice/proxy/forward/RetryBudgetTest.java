package dev.sluice.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetryBudgetTest {
  private final AtomicLong now = new AtomicLong();
  private final RetryBudget budget = new RetryBudget(new RetryBudget.Common(now::get));

  @Test
  void aHundredAtOnceWithoutTraffic() {
    assertThat(taken(500)).isEqualTo(100);
  }

  @Test
  void oneForFiveRequests() {
    taken(500);
    for (int i = 0; i < 100; i++) {
      budget.request();
    }
    assertThat(taken(50)).isEqualTo(20);
  }

  @Test
  void tenASecond() {
    taken(500);
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
    RetryBudget.Common common = new RetryBudget.Common(now::get);
    RetryBudget[] loops = {new RetryBudget(common), new RetryBudget(common), new RetryBudget(common)};
    assertThat(taken(loops)).isEqualTo(100);
    now.addAndGet(2_000_000_000L);
    assertThat(taken(loops)).isEqualTo(20);
    for (int i = 0; i < 10; i++) {
      loops[1].request();
    }
    assertThat(taken(loops)).as("of its own requests").isEqualTo(2);
    now.addAndGet(3_600_000_000_000L);
    assertThat(taken(loops[2])).isEqualTo(100);
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
