package dev.sluice.proxy.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.sluice.routes.model.Endpoint;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How evenly algorithms spread requests or keys, against theory; the figures stand in docs/guide/balancing.md. Seeds, keys and addresses are fixed, so
/// a run is as good as the last one; their number makes a wrong distribution stand out.
class DistributionTest {
  private static final int SEEDS = 100;
  private static final int DRAWS = 6000;

  /// What chi-squared of this many degrees stays below with the probability that `z` stands for (Wilson and Hilferty, 1931).
  private static double quantile(int degrees, double z) {
    double spread = 2.0 / (9 * degrees);
    return degrees * Math.pow(1 - spread + z * Math.sqrt(spread), 3);
  }

  private static double chiSquared(int[] tally, double[] shares) {
    int all = Arrays.stream(tally).sum();
    double sum = 0;
    for (int i = 0; i < tally.length; i++) {
      double expected = shares[i] * all;
      sum += expected == 0 ? 0 : (tally[i] - expected) * (tally[i] - expected) / expected;
    }
    return sum;
  }

  /// Of a hundred samples about five are above the quantile of 95 % and five below that of 5 %, and none is far off.
  private static void assertFollows(double[] shares, double[] statistics) {
    int degrees = (int) Arrays.stream(shares).filter(share -> share > 0).count() - 1;
    assertThat(Arrays.stream(statistics).max().orElseThrow()).as("worst").isLessThan(quantile(degrees, 4.75)); // one of a million
    assertThat(Arrays.stream(statistics).filter(each -> each > quantile(degrees, 1.645)).count()).as("beyond 95 %").isLessThanOrEqualTo(16);
    assertThat(Arrays.stream(statistics).filter(each -> each < quantile(degrees, -1.645)).count()).as("too even").isLessThanOrEqualTo(16);
  }

  private static double[] shares(int... weights) {
    double all = Arrays.stream(weights).sum();
    return Arrays.stream(weights).mapToDouble(weight -> weight / all).toArray();
  }

  @Test
  void chanceFollowsTheWeights() {
    double[] statistics = IntStream.range(0, SEEDS)
        .mapToDouble(seed -> chiSquared(Group.of(new RandomChoice(), Group.weighted(1, 2, 3, 0, 6), seed).tally(DRAWS), shares(1, 2, 3, 0, 6))).toArray();
    assertFollows(shares(1, 2, 3, 0, 6), statistics);
  }

  @Test
  void twoChoicesAreEvenWhenNoneIsBusy() {
    double[] statistics = IntStream.range(0, SEEDS)
        .mapToDouble(seed -> chiSquared(Group.of(new PowerOfRandomNChoices(), Group.equal(5), seed).tally(DRAWS), shares(1, 1, 1, 1, 1))).toArray();
    assertFollows(shares(1, 1, 1, 1, 1), statistics);
  }

  @Test
  void aBusyOneOfTwoChoicesIsTakenOnlyWhenDrawnTwice() {
    double[] shares = {1.0 / 25, 6.0 / 25, 6.0 / 25, 6.0 / 25, 6.0 / 25};
    double[] statistics = IntStream.range(0, SEEDS).mapToDouble(seed -> {
      Group group = Group.of(new PowerOfRandomNChoices(), Group.equal(5), seed);
      group.inFlight[0] = 1;
      return chiSquared(group.tally(DRAWS), shares);
    }).toArray();
    assertFollows(shares, statistics);
  }

  @Test
  void directHashFollowsTheWeights() {
    double[] statistics = IntStream.range(0, SEEDS)
        .mapToDouble(seed -> chiSquared(Group.of(new DirectHash(), Group.weighted(100, 200, 0, 300)).keys(seed + "-", DRAWS), shares(1, 2, 0, 3))).toArray();
    assertFollows(shares(1, 2, 0, 3), statistics);
  }

  @ParameterizedTest
  @CsvSource({"1, 11", "10, 113", "100, 1033"})
  void maglevFollowsItsTable(int weight, int size) {
    int[] weights = {weight, weight, weight, weight, weight};
    List<Endpoint> endpoints = Group.weighted(weights);
    assertThat(Maglev.size(2 * 5 * weight)).isEqualTo(size);
    int[] slots = new int[5];
    for (int owner : Maglev.table(endpoints, weights, size)) {
      slots[owner]++;
    }
    // Rounds of `weight` slots for each; the last, partial one goes to the first in the list.
    int rounds = size / (5 * weight);
    assertThat(Arrays.stream(slots).boxed()).allSatisfy(count -> assertThat(count).isBetween(rounds * weight, (rounds + 1) * weight));
    double[] statistics = IntStream.range(0, SEEDS)
        .mapToDouble(seed -> chiSquared(Group.of(new Maglev(), endpoints).keys(seed + "-", DRAWS), shares(slots))).toArray();
    assertFollows(shares(slots), statistics);
  }

  /// The points of an endpoint own a part of the ring that has a Beta distribution; over many groups its spread is as theory says.
  @ParameterizedTest
  @CsvSource({"ringHash, 1", "ringHash, 10", "ringHash, 100", "consistentHash, 100"})
  void ringsSpreadAsTheirPointsDo(String algorithm, int points) {
    int size = 5;
    int groups = 200;
    int keys = 2000;
    double squares = 0;
    for (int group = 0; group < groups; group++) {
      int[] weights = new int[size];
      Arrays.fill(weights, points);
      List<Endpoint> endpoints = Group.weightedFrom(1000 + group * 10, weights);
      Algorithm kind = algorithm.equals("ringHash") ? new RingHash() : new ConsistentHash();
      for (int count : Group.of(kind, endpoints).keys("k", keys)) {
        double off = (double) count * size / keys - 1;
        squares += off * off;
      }
    }
    double measured = Math.sqrt(squares / (groups * size));
    double ring = (size - 1) / (double) (size * points + 1);
    double sample = (size - 1) / (double) keys;
    assertThat(measured).as("relative deviation of a share").isCloseTo(Math.sqrt(ring + sample), offset(0.12 * Math.sqrt(ring + sample)));
  }

  @Test
  void turnsAreExact() {
    assertThat(Group.of(new RoundRobin(), Group.equal(5), 7).tally(5000)).containsOnly(1000);
    assertThat(Group.of(new RoundRobin(), Group.weighted(1, 2, 0, 3), 7).tally(6000)).containsExactly(1000, 2000, 0, 3000);
    assertThat(Group.of(new WeightedRoundRobin(), Group.equal(5), 7).tally(5000)).containsOnly(1000);
  }
}
