package dev.sluice.proxy.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Exactly so many hits in every window.
class SlidingWindowTest {
  private final AtomicLong now = new AtomicLong();

  @Test
  void allowsUntilTheOldestHitLeavesTheWindow() {
    var window = new SlidingWindow(3, 1000, now::get);
    assertThat(window.allow()).isTrue();
    now.set(400);
    assertThat(window.allow()).isTrue();
    assertThat(window.allow()).isTrue();
    assertThat(window.allow()).isFalse();
    now.set(1000);
    assertThat(window.allow()).as("the oldest hit is still within").isFalse();
    now.set(1001);
    assertThat(window.allow()).isTrue();
    assertThat(window.allow()).isFalse();
    now.set(1401);
    assertThat(window.allow()).isTrue();
    assertThat(window.allow()).isTrue();
    assertThat(window.allow()).isFalse();
  }

  @Test
  void saysWhenToComeAgain() {
    var window = new SlidingWindow(1, Duration.ofHours(1).toNanos(), now::get);
    assertThat(window.retryAfterSeconds()).isZero();
    window.allow();
    assertThat(window.retryAfterSeconds()).isEqualTo(3600);
    now.set(Duration.ofMillis(1500).toNanos());
    assertThat(window.retryAfterSeconds()).isEqualTo(3599);
  }

  @Test
  void withoutHitsNothingPasses() {
    var window = new SlidingWindow(0, 1, now::get);
    assertThat(window.allow()).isFalse();
    assertThat(window.retryAfterSeconds()).isEqualTo(157_680_000);
  }

  @Test
  void aThousandHitsAndManyRounds() {
    var window = new SlidingWindow(1000, 10, now::get);
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 1000; i++) {
        assertThat(window.allow()).isTrue();
      }
      assertThat(window.allow()).isFalse();
      now.addAndGet(11);
    }
  }

  /// The invariant: however many threads ask, no window holds more than the limit, and none is left unused.
  @Test
  void exactUnderContention() throws InterruptedException {
    for (int limit : new int[] {1, 2, 7, 100}) {
      var window = new SlidingWindow(limit, 1_000_000, now::get);
      for (int round = 0; round < 50; round++) {
        var allowed = new AtomicInteger();
        var threads = new ArrayList<Thread>();
        for (int t = 0; t < 4; t++) {
          threads.add(Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 60; i++) {
              if (window.allow()) {
                allowed.incrementAndGet();
              }
            }
          }));
        }
        for (Thread thread : threads) {
          thread.join();
        }
        assertThat(allowed.get()).isEqualTo(Math.min(limit, 240));
        now.addAndGet(1_000_001);
      }
    }
  }
}
