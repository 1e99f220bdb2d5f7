package dev.sluice.proxy.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.proxy.filter.FakeExchange;
import dev.sluice.proxy.observe.XxHash64;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.RouteProblem;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Keys go where they go in AILERON: values observed at the running program.
class AileronHashingTest {
  private static final List<Algorithm> ALL = List.of(new DirectHash(), new RingHash(), new Maglev());

  @ParameterizedTest
  @CsvSource(delimiter = ' ', textBlock = """
      alice 73a3ea485f2e6049 2 3 2 2 3 2
      bob 92878a3b42bad03b 5 3 5 1 3 2
      carol c1ceb4e654b4cc38 3 5 3 3 3 2
      dave 2857ed8653e4fb22 4 3 1 3 3 2
      erin b0f752ee64e96213 1 2 4 3 2 1
      frank 6434664bbbd2dfb2 4 3 3 3 2 1
      grace e71b5e5cfbba44a4 5 3 1 3 2 2
      heidi 8f3d17a38dd5ce03 3 2 4 3 2 3
      ivan 9e67ab8229b003e1 1 5 4 1 3 3
      judy 7372dde4a0679d61 2 3 5 2 2 3
      mallory c064709747dfb0a7 3 2 2 3 2 2
      niaj 813f79c08efddf8c 5 1 4 3 3 1
      olivia 7debce48712c914d 2 2 1 2 2 2
      peggy d7c9272546e23e51 5 1 1 2 3 1
      rupert c98ff09e8b92c4b8 1 1 4 1 3 3
      sybil 36e82f15987d6030 1 3 4 2 3 3
      trent 3d7a14ff056282cf 3 1 5 3 3 2
      victor 39fc591beddffb98 1 3 4 1 3 2
      walter 97fef6a78b5a6371 4 3 5 3 2 2
      zoe 504f5fa396f856fb 5 2 4 2 2 2
      user-0 7c1b2034a0684560 2 2 5 2 2 3
      user-1 a173746b114c6be8 3 2 5 3 2 3
      user-2 7395dd9943ab55e9 5 3 1 2 3 2
      user-3 ae654a4bf3937dde 5 3 2 3 3 2
      """)
  void keysHaveTheirEndpoints(String key, String hash, int direct5, int ring5, int maglev5, int direct3, int ring3, int maglev3) {
    assertThat(Long.toHexString(KeyHash.ofText(key))).isEqualTo(hash);
    List<Integer> found = ALL.stream().map(algorithm -> 1 + Group.of(algorithm, Group.equal(5)).pick(key)).toList();
    assertThat(found).containsExactly(direct5, ring5, maglev5);
    List<Integer> weighted = ALL.stream().map(algorithm -> 1 + Group.of(algorithm, Group.weighted(1, 2, 3)).pick(key)).toList();
    assertThat(weighted).containsExactly(direct3, ring3, maglev3);
  }

  @ParameterizedTest
  @CsvSource(delimiter = ' ', textBlock = """
      '' 2 2 1
      foo 3 3 4
      bar 1 2 3
      baz 4 2 4
      alice 2 2 5
      bob 5 2 3
      12345 5 3 4
      session-1 1 2 5
      session-2 2 3 3
      """)
  void soDoNames(String key, int direct, int ring, int maglev) {
    assertThat(ALL.stream().map(algorithm -> 1 + Group.of(algorithm, named()).pick(key)).toList()).containsExactly(direct, ring, maglev);
  }

  private static List<Endpoint> named() {
    return IntStream.rangeClosed(8001, 8005).mapToObj(port -> Group.endpoint("http://localhost:" + port, 1, false)).toList();
  }

  @Test
  void idsAndTheirMix() {
    assertThat(Group.equal(8).stream().map(endpoint -> Long.toHexString(KeyHash.id(endpoint))).toList()).containsExactly(
        "b6500b65e77a4780", "b93bd35edbf0ec5d", "cd11763c07f7e726", "3e4bac440e2b33ef", "5cea0d71f3b7e005",
        "f426f8a261904948", "965973d1f4685160", "e1d5bc324b47c780");
    assertThat(KeyHash.mix(0)).isEqualTo(0xe220a8397b1dcdafL);
    assertThat(KeyHash.mix(0xb6500b65e77a4780L)).isEqualTo(0x84270517b6671064L);
    assertThat(XxHash64.of(new byte[0])).isEqualTo(0xef46db3751d8e999L);
  }

  @Test
  void tablesOfMaglev() {
    assertThat(table(Group.equal(5), 1, 1, 1, 1, 1)).isEqualTo("1 3 1 4 3 2 2 5 4 5 1");
    assertThat(table(Group.equal(3), 1, 2, 3)).isEqualTo("1 3 1 3 3 1 2 2 3 2 3 3 2");
  }

  private static String table(List<Endpoint> endpoints, int... weights) {
    int[] table = Maglev.table(endpoints, weights, Maglev.size(2 * Weights.sum(weights)));
    return String.join(" ", Arrays.stream(table).mapToObj(i -> "" + (i + 1)).toList());
  }

  @ParameterizedTest
  @CsvSource({"2,3", "10,11", "36,37", "37,37", "38,41", "42,43", "100,113", "200,223", "1200,1231", "2000,2111", "20000,20063"})
  void sizesOfMaglev(int least, int size) {
    assertThat(Maglev.size(least)).isEqualTo(size);
  }

  @Test
  void sharesOfManyKeys() {
    assertThat(Group.of(new DirectHash(), named()).keys("k", 5000)).containsExactly(998, 988, 1035, 1037, 942);
    assertThat(Group.of(new RingHash(), named()).keys("k", 5000)).containsExactly(152, 1743, 2291, 125, 689);
    assertThat(Group.of(new Maglev(), named()).keys("k", 5000)).containsExactly(1413, 913, 903, 909, 862);
    List<Endpoint> weighted = Group.weightedFrom(12301, 100, 200, 300);
    assertThat(Group.of(new DirectHash(), weighted).keys("", 1200)).containsExactly(217, 413, 570);
    assertThat(Group.of(new RingHash(), weighted).keys("", 1200)).containsExactly(228, 390, 582);
    assertThat(Group.of(new Maglev(), weighted).keys("", 1200)).containsExactly(240, 380, 580);
  }

  @Test
  void weightZeroIsAsIfNotWritten() {
    for (Algorithm algorithm : ALL) {
      Group with = Group.of(algorithm, Group.weighted(2, 0, 1));
      List<Endpoint> rest = List.of(Group.weighted(2).getFirst(), Group.endpoint("http://127.0.0.1:21003", 1, true));
      Group without = Group.of(algorithm, rest);
      for (int i = 0; i < 500; i++) {
        int expected = without.pick("k" + i);
        assertThat(with.pick("k" + i)).isEqualTo(expected == 0 ? 0 : 2);
      }
    }
  }

  @Test
  void aFinalSlashIsNoPartOfTheName() {
    List<Endpoint> slashed = List.of(Group.equal(3).get(0), Group.endpoint("http://127.0.0.1:21002/", 1, false), Group.equal(3).get(2));
    for (Algorithm algorithm : ALL) {
      assertThat(Group.of(algorithm, slashed).keys("k", 300)).isEqualTo(Group.of(algorithm, Group.equal(3)).keys("k", 300));
    }
  }

  @Test
  void onlyKeysOfAnUnusableEndpointMove() {
    for (Algorithm algorithm : ALL) {
      Group group = Group.of(algorithm, Group.weighted(100, 100, 100, 100));
      int moved = 0;
      for (int i = 0; i < 1000; i++) {
        int before = group.without().pick("k" + i);
        int after = group.without(2).pick("k" + i);
        assertThat(after).as("%s k%s", algorithm, i).isNotEqualTo(2).isNotNegative();
        assertThat(before == 2 || before == after).as("%s k%s", algorithm, i).isTrue();
        moved += before == 2 ? 1 : 0;
        assertThat(group.without(0, 1, 3).pick("k" + i)).isEqualTo(2);
        assertThat(group.without(0, 1, 2, 3).pick("k" + i)).isEqualTo(-1);
      }
      assertThat(moved).isBetween(150, 350);
    }
  }

  @Test
  void withoutAKeyTheClientDecides() {
    for (Algorithm algorithm : ALL) {
      Group group = Group.of(algorithm, Group.equal(5));
      assertThat(group.pick()).isEqualTo(group.pick("127.0.0.1"));
    }
  }

  @Test
  void weightsBeyondReasonAreRefused() {
    int[] weights = new int[17];
    Arrays.fill(weights, 65_535);
    assertThatThrownBy(() -> new Maglev().create(Group.weighted(weights), new Random(1))).isInstanceOf(RouteProblem.class)
        .hasMessage("maglev takes weights of at most 1048576 in all, but these are 1114095; divide each by the same number");
    assertThatThrownBy(() -> new RingHash().create(Group.weighted(weights), new Random(1))).isInstanceOf(RouteProblem.class)
        .hasMessageStartingWith("ringHash takes weights of at most 1048576");
  }

  @Test
  void keysAreBytes() {
    String bytes = new String("Zoë".getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    assertThat(KeyHash.of(keyed(bytes))).isEqualTo(XxHash64.of("Zoë".getBytes(StandardCharsets.UTF_8)));
    assertThat(KeyHash.of(keyed("日"))).as("text of a script").isEqualTo(XxHash64.of("日".getBytes(StandardCharsets.UTF_8)));
  }

  private static FakeExchange keyed(String key) {
    FakeExchange x = FakeExchange.get("/");
    x.outgoing().hashKey(key);
    return x;
  }
}
