package dev.sluice.proxy.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundRobinTest {
  @Test
  void withoutWeightsEachInTurn() {
    List<Integer> picks = Group.of(new RoundRobin(), Group.equal(3)).picks(6);
    assertThat(picks.subList(0, 3)).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(picks.subList(3, 6)).isEqualTo(picks.subList(0, 3));
  }

  @Test
  void theStartIsRandom() {
    assertThat(IntStream.range(0, 50).mapToObj(seed -> Group.of(new RoundRobin(), Group.equal(3), seed).pick()).distinct()).hasSize(3);
  }

  @Test
  void weightsAreTurnsInARowFromTheFirst() {
    assertThat(Group.of(new RoundRobin(), Group.weighted(1, 2, 3)).picks(8)).containsExactly(0, 1, 1, 2, 2, 2, 0, 1);
    assertThat(Group.of(new RoundRobin(), Group.weighted(1, 2, 3)).tally(60)).containsExactly(10, 20, 30);
  }

  @Test
  void weightZeroIsNeverTaken() {
    assertThat(Group.of(new RoundRobin(), Group.weighted(0, 1, 0)).picks(3)).containsExactly(1, 1, 1);
    assertThat(Group.of(new RoundRobin(), Group.weighted(1, 0, 2)).picks(6)).containsExactly(0, 2, 2, 0, 2, 2);
  }

  @Test
  void turnsOfThoseThatAreOutArePassedOver() {
    Group group = Group.of(new RoundRobin(), Group.equal(4)).without(1);
    assertThat(group.tally(30)).containsExactly(10, 0, 10, 10);
    Group weighted = Group.of(new RoundRobin(), Group.weighted(1, 5, 3)).without(1);
    assertThat(weighted.picks(8)).containsExactly(0, 2, 2, 2, 0, 2, 2, 2);
    assertThat(weighted.without(0, 1, 2).pick()).isEqualTo(-1);
  }

  @Test
  void theOneAfterAFailureIsTheNextTurn() {
    Group group = Group.of(new RoundRobin(), Group.weighted(1, 1, 1));
    assertThat(group.picks(2)).containsExactly(0, 1);
    assertThat(group.without(1).pick()).isEqualTo(2);
    assertThat(group.without().pick()).isEqualTo(0);
  }

  @Test
  void loopsShareTheTurns() throws InterruptedException {
    Group group = Group.of(new RoundRobin(), Group.equal(4));
    AtomicIntegerArray tally = Concurrent.tally(4, 4, 10_000, group::pick);
    assertThat(tally.toString()).isEqualTo("[10000, 10000, 10000, 10000]");
  }
}
