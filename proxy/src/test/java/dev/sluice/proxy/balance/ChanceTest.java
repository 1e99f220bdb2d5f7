package dev.sluice.proxy.balance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Algorithms that draw lots, with a fixed seed.
class ChanceTest {
  private static final long SEED = 4711;

  @Test
  void randomIsProportionalToWeights() {
    assertNear(Group.of(new RandomChoice(), Group.weighted(1, 2, 3), SEED).tally(1800), 300, 600, 900);
    assertNear(Group.of(new RandomChoice(), Group.equal(4), SEED).tally(2000), 500, 500, 500, 500);
  }

  @Test
  void randomTakesOnlyCandidates() {
    Group group = Group.of(new RandomChoice(), Group.weighted(3, 0, 1, 1), SEED).without(0);
    assertNear(group.tally(1000), 0, 0, 500, 500);
    assertThat(group.without(0, 2, 3).pick()).isEqualTo(-1);
  }

  @Test
  void randomBearsTheHighestWeights() {
    int[] weights = new int[40_000];
    java.util.Arrays.fill(weights, 65_535);
    assertThat(Group.of(new RandomChoice(), Group.weightedFrom(1, weights), SEED).pick()).isNotNegative();
  }

  @Test
  void ofTwoChoicesTheLessBusyIsTaken() {
    Group group = Group.of(new PowerOfRandomNChoices(), Group.equal(4), SEED);
    assertNear(group.tally(2000), 500, 500, 500, 500);
    group.inFlight[0] = 5;
    // taken only when it is drawn twice: 1 of 16
    assertNear(group.tally(1600), 100, 500, 500, 500);
    assertNear(group.without(1, 2).tally(1600), 400, 0, 0, 1200);
    assertThat(group.without(0, 1, 2, 3).pick()).isEqualTo(-1);
  }

  private static void assertNear(int[] tally, int... expected) {
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) tally[i]).as("endpoint %s with seed %s", i, SEED).isCloseTo(expected[i], org.assertj.core.data.Offset.offset(100.0));
      if (expected[i] == 0) {
        assertThat(tally[i]).isZero();
      }
    }
  }
}
