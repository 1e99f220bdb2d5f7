package dev.sluice.proxy.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundRobinTest {
  @Test
  void withoutWeightsEachInTurn() {
    LoadBalancer balancer = new RoundRobin().create(endpoints(1, 1, 1), new Random(1));
    List<Integer> picks = picks(balancer, 6, Set.of(0, 1, 2));
    assertThat(picks.subList(0, 3)).containsExactlyInAnyOrder(0, 1, 2);
    assertThat(picks.subList(3, 6)).isEqualTo(picks.subList(0, 3));
  }

  @Test
  void theStartIsRandom() {
    assertThat(IntStream.range(0, 50).mapToObj(seed -> picks(new RoundRobin().create(endpoints(1, 1, 1), new Random(seed)), 1,
        Set.of(0, 1, 2))).distinct()).hasSize(3);
  }

  @Test
  void weightsAreTurnsInARowFromTheFirst() {
    LoadBalancer balancer = new RoundRobin().create(weighted(1, 2, 3), new Random(1));
    assertThat(picks(balancer, 8, Set.of(0, 1, 2))).containsExactly(0, 1, 1, 2, 2, 2, 0, 1);
  }

  @Test
  void weightZeroIsNeverTaken() {
    LoadBalancer balancer = new RoundRobin().create(weighted(0, 1, 0), new Random(1));
    assertThat(picks(balancer, 3, Set.of(0, 1, 2))).containsExactly(1, 1, 1);
    assertThat(picks(new RoundRobin().create(weighted(0, 0), new Random(1)), 1, Set.of(0, 1))).containsExactly(-1);
  }

  @Test
  void endpointsThatAreNotLeftAreSkipped() {
    LoadBalancer balancer = new RoundRobin().create(endpoints(1, 1, 1), new Random(1));
    assertThat(picks(balancer, 5, Set.of(2))).containsOnly(2);
    assertThat(picks(balancer, 1, Set.of())).containsExactly(-1);
  }

  private static List<Integer> picks(LoadBalancer balancer, int count, Set<Integer> left) {
    LoadBalancer.Candidates candidates = new LoadBalancer.Candidates() {
      @Override
      public int size() {
        return 3;
      }

      @Override
      public boolean has(int i) {
        return left.contains(i);
      }

      @Override
      public int inFlight(int i) {
        return 0;
      }
    };
    Exchange unused = null;
    List<Integer> picks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      picks.add(balancer.pick(unused, candidates));
    }
    return picks;
  }

  private static List<Endpoint> endpoints(int... weights) {
    return make(false, weights);
  }

  private static List<Endpoint> weighted(int... weights) {
    return make(true, weights);
  }

  private static List<Endpoint> make(boolean written, int... weights) {
    return IntStream.range(0, weights.length).mapToObj(i -> new Endpoint("http://10.0.0." + i, "http", "10.0.0." + i, 80,
        "10.0.0." + i + ":80", "", weights[i], written)).toList();
  }
}
