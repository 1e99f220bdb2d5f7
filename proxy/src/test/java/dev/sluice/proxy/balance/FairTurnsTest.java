package dev.sluice.proxy.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

/// `weightedRoundRobin`, and `leastRequests` among equals.
class FairTurnsTest {
  @Test
  void healthyEndpointsHaveEqualTurnsInEachRound() {
    Group group = Group.of(new WeightedRoundRobin(), Group.equal(4));
    for (int round = 0; round < 50; round++) {
      assertThat(group.picks(4)).containsExactlyInAnyOrder(0, 1, 2, 3);
    }
  }

  @Test
  void aFailingEndpointHasItsTurnLessOften() {
    Group group = Group.of(new WeightedRoundRobin(), Group.equal(3));
    group.health[1] = 0.25;
    int[] tally = group.tally(900);
    assertThat(tally[0]).isBetween(399, 401);
    assertThat(tally[1]).isBetween(99, 101);
    assertThat(tally[2]).isBetween(399, 401);
  }

  @Test
  void turnsAreSpreadSmoothly() {
    Group group = Group.of(new WeightedRoundRobin(), Group.equal(2));
    group.health[1] = 0.5;
    for (int i = 0; i < 30; i++) {
      assertThat(group.picks(3)).containsExactlyInAnyOrder(0, 0, 1);
    }
  }

  @Test
  void whoWasAwayDoesNotCatchUp() {
    Group group = Group.of(new WeightedRoundRobin(), Group.equal(3)).without(2);
    assertThat(group.tally(100)).containsExactly(50, 50, 0);
    int[] tally = group.without().tally(30);
    assertThat(tally[2]).isBetween(10, 11);
  }

  @Test
  void whoRecoversNeedNotWaitForItsLateTurn() {
    Group group = Group.of(new WeightedRoundRobin(), Group.equal(2));
    group.health[1] = 0;
    assertThat(group.tally(100)[1]).isLessThanOrEqualTo(1);
    group.health[1] = 1;
    assertThat(group.tally(100)[1]).isBetween(45, 51);
  }

  @Test
  void withoutCandidatesThereIsNone() {
    assertThat(Group.of(new WeightedRoundRobin(), Group.equal(2)).without(0, 1).pick()).isEqualTo(-1);
    assertThat(Group.of(new LeastRequests(), Group.equal(2)).without(0, 1).pick()).isEqualTo(-1);
  }

  @Test
  void loopsShareTheTurns() throws InterruptedException {
    Group group = Group.of(new WeightedRoundRobin(), Group.equal(4));
    AtomicIntegerArray tally = Concurrent.tally(4, 4, 5_000, group::pick);
    for (int i = 0; i < 4; i++) {
      assertThat(tally.get(i)).isBetween(4_750, 5_250);
    }
  }

  @Test
  void theLeastBusyIsTaken() {
    Group group = Group.of(new LeastRequests(), Group.equal(3));
    group.inFlight[0] = 2;
    group.inFlight[2] = 1;
    assertThat(group.picks(5)).containsOnly(1);
    assertThat(group.without(1).picks(5)).containsOnly(2);
  }

  @Test
  void equallyBusyOnesAreTakenInTurn() {
    Group group = Group.of(new LeastRequests(), Group.equal(3));
    group.inFlight[1] = 1;
    assertThat(group.tally(100)).containsExactly(50, 0, 50);
    group.inFlight[1] = 0;
    assertThat(group.tally(99)).satisfies(tally -> assertThat(tally[1]).isBetween(33, 34));
  }

  @Test
  void aFailingEndpointBearsLess() {
    Group group = Group.of(new LeastRequests(), Group.equal(2));
    group.health[1] = 0.5;
    group.inFlight[0] = 3;
    group.inFlight[1] = 2;
    assertThat(group.pick()).isZero();
    group.inFlight[1] = 1;
    assertThat(group.pick()).isEqualTo(1);
  }

  @Test
  void theStartIsRandom() {
    assertThat(java.util.stream.IntStream.range(0, 50).map(seed -> Group.of(new LeastRequests(), Group.equal(3), seed).pick()).distinct()
        .count()).isEqualTo(3);
  }
}
