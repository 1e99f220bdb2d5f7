package dev.sluice.proxy.balance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.filter.FakeExchange;
import dev.sluice.routes.model.Endpoint;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Keys go where they go in Skipper: values observed at the running program.
class ConsistentHashTest {
  private static final String OF_THREE = "2121122322131112233231221133123233113332";

  @ParameterizedTest
  @CsvSource({
    "2, 2121122222111112212221221122122221111212",
    "3, " + OF_THREE,
    "5, 2141122422151512233251251143125233153534",
    "8, 2641622422151512287256256187666237183568"
  })
  void keysHaveTheirEndpoints(int size, String expected) {
    assertThat(endpoints(Group.of(new ConsistentHash(), Group.equal(size)))).isEqualTo(expected);
  }

  @Test
  void theOrderOfEndpointsDoesNotMatter() {
    List<Endpoint> endpoints = Group.equal(3);
    Group group = Group.of(new ConsistentHash(), endpoints.reversed());
    assertThat(endpoints(group)).isEqualTo(OF_THREE.replace('1', 'x').replace('3', '1').replace('x', '3'));
  }

  @Test
  void onlyKeysOfAnEndpointThatLeavesMove() {
    List<Endpoint> endpoints = Group.equal(3);
    String rest = endpoints(Group.of(new ConsistentHash(), List.of(endpoints.get(0), endpoints.get(2)))).replace('2', '3');
    assertThat(rest).isEqualTo("1111113333131113133331131133113133113331");
    assertThat(endpoints(Group.of(new ConsistentHash(), endpoints).without(1))).as("left out of the picks only").isEqualTo(rest);
    assertThat(Group.of(new ConsistentHash(), endpoints).without(0, 1, 2).pick("a")).isEqualTo(-1);
  }

  @Test
  void aSlashOrAWeightOtherThanZero() {
    List<Endpoint> endpoints = List.of(Group.endpoint("http://127.0.0.1:21001/", 1, false), Group.equal(2).get(1));
    assertThat(endpoints(Group.of(new ConsistentHash(), endpoints))).as("a slash makes another ring").isNotEqualTo("2121122222111112212221221122122221111212");
    assertThat(endpoints(Group.of(new ConsistentHash(), Group.weighted(7, 1, 3)))).as("weights mean nothing").isEqualTo(OF_THREE);
    assertThat(endpoints(Group.of(new ConsistentHash(), Group.weighted(7, 0, 3)))).as("but 0").isEqualTo("1111113333131113133331131133113133113331");
  }

  @Test
  void withoutAKeyTheClientDecides() {
    Group group = Group.of(new ConsistentHash(), Group.equal(4));
    StringBuilder found = new StringBuilder();
    IntStream.range(0, 30).forEach(i -> found.append(1 + group.pick(FakeExchange.get("/", "X-Forwarded-For", "10.1.2." + i))));
    assertThat(found).hasToString("224422311311131212411112221233");
  }

  @Test
  void sharesAreNearlyEqual() {
    for (int count : Group.of(new ConsistentHash(), Group.equal(5)).keys("key-", 10_000)) {
      assertThat(count).isBetween(1400, 2600);
    }
  }

  @Test
  void aBusyEndpointPassesItsKeysOn() {
    Group group = Group.of(new ConsistentHash(), Group.equal(2));
    StringBuilder picked = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      int at = group.pick(exchange("one", 1));
      group.inFlight[at]++;
      picked.append(at + 1);
    }
    assertThat(picked).hasToString("2212");
  }

  @Test
  void withAFactorNoneHasMuchMoreThanTheAverage() {
    Group group = Group.of(new ConsistentHash(), Group.equal(6)).without(5);
    group.inFlight[5] = 1000;
    for (int i = 0; i < 1000; i++) {
      int at = group.pick(exchange("same", 1.25));
      group.inFlight[at]++;
      assertThat(group.inFlight[at]).isLessThanOrEqualTo((int) (1.25 * (i + 1) / 5) + 1);
    }
    assertThat(group.inFlight[5]).isEqualTo(1000);
  }

  /// Where the keys user-0 to user-39 go, each as its number from 1.
  private static String endpoints(Group group) {
    StringBuilder found = new StringBuilder();
    IntStream.range(0, 40).forEach(i -> found.append(1 + group.pick("user-" + i)));
    return found.toString();
  }

  private static FakeExchange exchange(String key, double factor) {
    FakeExchange x = FakeExchange.get("/");
    x.outgoing().hashKey(key);
    x.outgoing().balanceFactor(factor);
    return x;
  }
}
