package dev.sluice.proxy.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.sluice.routes.model.Endpoint;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How many keys move when an endpoint goes, against theory; the figures stand in docs/guide/balancing.md.
class DisruptionTest {
  private static final int KEYS = 20_000;
  private static final int SIZE = 5;

  private static Algorithm algorithm(String name) {
    return switch (name) {
      case "consistentHash" -> new ConsistentHash();
      case "ringHash" -> new RingHash();
      case "maglev" -> new Maglev();
      default -> new DirectHash();
    };
  }

  private static List<Endpoint> endpoints(int weight) {
    return Group.weighted(weight, weight, weight, weight, weight);
  }

  private static List<Endpoint> without(List<Endpoint> endpoints, int gone) {
    List<Endpoint> rest = new ArrayList<>(endpoints);
    rest.remove(gone);
    return rest;
  }

  /// While an endpoint is out for its health only its own keys move, in every algorithm.
  ///
  /// @param uneven how far from a quarter the part is that one of the others takes over. Rings hand each of a hundred arcs to the owner of the next
  ///     point: four times the deviation of √(2 · ¼ · ¾ / 100); maglev has 233 slots for the first endpoint and 200 for each other; directHash is even
  @ParameterizedTest
  @CsvSource({"consistentHash, 0.25", "ringHash, 0.25", "maglev, 0.06", "directHash, 0.03"})
  void onlyKeysOfAnUnwellEndpointMove(String name, double uneven) {
    for (int gone = 0; gone < SIZE; gone++) {
      Group before = Group.of(algorithm(name), endpoints(100));
      Group after = Group.of(algorithm(name), endpoints(100)).without(gone);
      int[] taken = new int[SIZE];
      int own = 0;
      for (int key = 0; key < KEYS; key++) {
        int was = before.pick("k" + key);
        int is = after.pick("k" + key);
        if (was == gone) {
          own++;
          taken[is]++;
        } else {
          assertThat(is).as("key %s", key).isEqualTo(was);
        }
      }
      for (int i = 0; i < SIZE; i++) {
        assertThat((double) taken[i] / own).as("part of the keys that %s takes over", i).isCloseTo(i == gone ? 0 : 0.25, offset(uneven));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    // algorithm, weight, place in the list, part of the keys that moves by theory, tolerance
    "consistentHash, 1, 0, 0.2, 0.06",
    "consistentHash, 1, 2, 0.2, 0.06",
    "consistentHash, 1, 4, 0.2, 0.06",
    "ringHash, 100, 0, 0.2, 0.06",
    "ringHash, 100, 2, 0.2, 0.06",
    "ringHash, 100, 4, 0.2, 0.06",
    "directHash, 1, 0, 0.95, 0.01",
    "directHash, 1, 1, 0.75, 0.01",
    "directHash, 1, 2, 0.55, 0.01",
    "directHash, 1, 3, 0.35, 0.01",
    "directHash, 1, 4, 0.2, 0.01",
    "maglev, 100, 0, 0.8, 0.02",
    "maglev, 100, 2, 0.8, 0.02",
    "maglev, 100, 4, 0.8, 0.02",
  })
  void keysMoveWhenAnEndpointLeavesTheList(String name, int weight, int gone, double theory, double tolerance) {
    assertThat(moved(name, weight, gone)).isCloseTo(theory, offset(tolerance));
  }

  /// By the tables' sizes: 11 slots for five endpoints of weight 1 and for four.
  @Test
  void maglevMovesLittleWhenItsTableKeepsItsSize() {
    assertThat(Maglev.size(2 * 5)).isEqualTo(Maglev.size(2 * 4)).isEqualTo(11);
    for (int gone = 0; gone < SIZE; gone++) {
      assertThat(moved("maglev", 1, gone)).as("without %s", gone).isBetween(2.0 / 11 - 0.01, 6.0 / 11 + 0.01);
    }
  }

  private static double moved(String name, int weight, int gone) {
    List<Endpoint> all = endpoints(weight);
    List<Endpoint> rest = without(all, gone);
    Group before = Group.of(algorithm(name), all);
    Group after = Group.of(algorithm(name), rest);
    int moved = 0;
    for (int key = 0; key < KEYS; key++) {
      Endpoint was = all.get(before.pick("k" + key));
      moved += rest.get(after.pick("k" + key)).equals(was) ? 0 : 1;
    }
    return (double) moved / KEYS;
  }
}
