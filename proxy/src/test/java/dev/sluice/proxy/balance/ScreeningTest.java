package dev.sluice.proxy.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.sluice.proxy.filter.FakeServices;
import dev.sluice.routes.model.Endpoint;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

class ScreeningTest {
  private static final long SEED = 99;
  private static final Map<String, String> CHECK = Map.of("period", "1s", "min-requests", "2", "max-drop-probability", "0.8");

  private final FakeServices services = new FakeServices();
  private final Random random = new Random(SEED);
  private final LongAdder dropped = new LongAdder();
  private final LongAdder passed = new LongAdder();

  // ---- fade-in

  @Test
  void anEndpointThatIsNewTakesAGrowingPart() {
    EndpointRegistry registry = registry(Map.of());
    registry.use(Group.equal(2).get(0));
    services.advance(Duration.ofSeconds(100));
    Screening screening = screening(registry, Group.equal(2), new Fading(Duration.ofSeconds(10).toNanos(), 2));
    services.advance(Duration.ofSeconds(1));
    assertThat(partOfSecond(screening)).isCloseTo(0.01, offset(0.01));
    services.advance(Duration.ofSeconds(4));
    assertThat(partOfSecond(screening)).isCloseTo(0.25, offset(0.03));
    services.advance(Duration.ofSeconds(4));
    assertThat(partOfSecond(screening)).isCloseTo(0.81, offset(0.03));
    services.advance(Duration.ofSeconds(1));
    assertThat(screening.leftOut()).isNull();
  }

  @Test
  void equallyNewEndpointsComeTogether() {
    EndpointRegistry registry = registry(Map.of());
    registry.use(Group.equal(3).get(0));
    services.advance(Duration.ofSeconds(100));
    Screening screening = screening(registry, Group.equal(3), new Fading(Duration.ofSeconds(10).toNanos(), 1));
    services.advance(Duration.ofSeconds(5));
    for (int i = 0; i < 200; i++) {
      BitSet out = screening.leftOut();
      assertThat(out == null || out.get(1) && out.get(2) && !out.get(0)).isTrue();
    }
  }

  @Test
  void whenAllAreNewAllTakePart() {
    Screening screening = screening(registry(Map.of()), Group.weighted(1, 1, 0), new Fading(Duration.ofHours(1).toNanos(), 9));
    services.advance(Duration.ofMillis(1));
    for (int i = 0; i < 100; i++) {
      assertThat(screening.leftOut()).isNull();
    }
  }

  @Test
  void anEndpointCreatedAnewIsNewAgain() {
    EndpointRegistry registry = registry(Map.of());
    EndpointCounts counts = registry.use(Group.equal(1).get(0));
    long first = counts.detected();
    services.advance(Duration.ofSeconds(100));
    counts.created(Duration.ofDays(400_000));
    counts.created(Duration.ofSeconds(200));
    assertThat(counts.detected()).as("known since then").isEqualTo(first);
    counts.created(Duration.ofSeconds(30));
    assertThat(counts.detected()).isEqualTo(first + Duration.ofSeconds(70).toNanos());
  }

  // ---- passive health check

  @Test
  void aFailingEndpointIsPassedOverForAPeriod() {
    EndpointRegistry registry = registry(CHECK);
    Screening screening = screening(registry, Group.equal(2), null);
    attempts(screening, 0, 10, 0);
    attempts(screening, 1, 10, 5);
    assertThat(screening.leftOut()).as("not before the period is over").isNull();
    services.advance(Duration.ofSeconds(1));
    assertThat(partOfSecond(screening)).isCloseTo(0.5, offset(0.03));
    assertThat(passed.sum()).isEqualTo(dropped.sum()).isBetween(900L, 1100L);
    assertThat(screening.counts().get(1).health()).isEqualTo(0.5);
    services.advance(Duration.ofSeconds(1));
    assertThat(screening.leftOut()).as("few attempts").isNull();
    assertThat(screening.counts().get(1).health()).isEqualTo(1);
  }

  @Test
  void nobodyIsPassedOverForGood() {
    Screening screening = screening(registry(CHECK), Group.equal(2), null);
    attempts(screening, 1, 10, 10);
    services.advance(Duration.ofSeconds(1));
    assertThat(partOfSecond(screening)).as("at most 0.8 are dropped").isCloseTo(0.2, offset(0.03));
    assertThat(screening.counts().get(1).health()).isCloseTo(0.2, offset(1e-9));
  }

  @Test
  void aPeriodLongAgoMeansNothing() {
    Screening screening = screening(registry(CHECK), Group.equal(2), null);
    attempts(screening, 1, 10, 10);
    services.advance(Duration.ofSeconds(3));
    assertThat(partOfSecond(screening)).isEqualTo(1);
  }

  @Test
  void withFewAttemptsAnEndpointIsHealthy() {
    Screening screening = screening(registry(CHECK), Group.equal(2), null);
    attempts(screening, 1, 2, 2);
    services.advance(Duration.ofSeconds(1));
    assertThat(partOfSecond(screening)).isEqualTo(1);
  }

  @Test
  void upToTheLowestRatioAnEndpointIsHealthy() {
    Screening screening = screening(registry(Map.of("period", "1s", "min-requests", "2", "max-drop-probability", "0.8",
        "min-drop-probability", "0.3")), Group.equal(2), null);
    attempts(screening, 1, 10, 3);
    services.advance(Duration.ofSeconds(1));
    assertThat(partOfSecond(screening)).isEqualTo(1);
    assertThat(screening.counts().get(1).health()).as("but its weight is lower").isEqualTo(0.7);
  }

  @Test
  void whenAllFailAllAreUsed() {
    Screening screening = screening(registry(Map.of("period", "1s", "min-requests", "0", "max-drop-probability", "1.0")),
        Group.weighted(1, 1, 0), null);
    attempts(screening, 0, 10, 10);
    attempts(screening, 1, 10, 10);
    services.advance(Duration.ofSeconds(1));
    assertThat(screening.leftOut()).isNull();
    assertThat(dropped.sum()).isZero();
  }

  @Test
  void whenTooManyFailAllAreUsed() {
    Map<String, String> half = Map.of("period", "1s", "min-requests", "0", "max-drop-probability", "1", "max-unhealthy-endpoints-ratio", "0.5");
    Screening screening = screening(registry(half), Group.equal(4), null);
    attempts(screening, 0, 10, 10);
    attempts(screening, 1, 10, 10);
    services.advance(Duration.ofSeconds(1));
    assertThat(screening.leftOut()).hasToString("{0, 1}");
    attempts(screening, 0, 10, 10);
    attempts(screening, 1, 10, 10);
    attempts(screening, 2, 10, 10);
    services.advance(Duration.ofSeconds(1));
    assertThat(screening.leftOut()).isNull();
  }

  @Test
  void newAndFailingOnesAreBothLeftOut() {
    EndpointRegistry registry = registry(Map.of("period", "1s", "min-requests", "0", "max-drop-probability", "1"));
    List<Endpoint> endpoints = Group.equal(3);
    registry.use(endpoints.get(0));
    registry.use(endpoints.get(1));
    services.advance(Duration.ofHours(10));
    Screening screening = screening(registry, endpoints, new Fading(Duration.ofHours(5).toNanos(), 9));
    attempts(screening, 1, 1, 1);
    services.advance(Duration.ofSeconds(1));
    assertThat(screening.leftOut()).as("with seed %s", SEED).hasToString("{1, 2}");
  }

  // ---- the registry

  @Test
  void anEndpointIsRememberedForAMinute() {
    EndpointRegistry registry = registry(Map.of());
    Endpoint endpoint = Group.equal(1).get(0);
    EndpointCounts counts = registry.use(endpoint);
    assertThat(registry.use(endpoint)).isSameAs(counts);
    services.advance(Duration.ofMinutes(5));
    counts.release();
    services.advance(Duration.ofMinutes(5));
    assertThat(registry.use(endpoint)).as("another route uses it").isSameAs(counts);
    counts.release();
    counts.release();
    services.advance(Duration.ofSeconds(59));
    assertThat(registry.use(endpoint)).isSameAs(counts);
    counts.release();
    services.advance(Duration.ofSeconds(61));
    assertThat(registry.use(endpoint)).as("forgotten").isNotSameAs(counts);
  }

  @Test
  void endpointsThatAreGoneTakeNoMemory() {
    EndpointRegistry registry = registry(Map.of());
    Group.equal(50).forEach(endpoint -> registry.use(endpoint).release());
    services.advance(Duration.ofMinutes(2));
    registry.use(Group.endpoint("http://127.0.0.1:1", 1, false));
    assertThat(registry.size()).isEqualTo(1);
  }

  private EndpointRegistry registry(Map<String, String> check) {
    return new EndpointRegistry(services.nanoTime(), services.clock(), PassiveHealth.of(check), NOPLogger.NOP_LOGGER);
  }

  private Screening screening(EndpointRegistry registry, List<Endpoint> endpoints, @Nullable Fading fading) {
    List<EndpointCounts> counts = endpoints.stream().map(registry::use).toList();
    return new Screening(endpoints, counts, List.of(), fading, registry.health(), random, services.nanoTime(), dropped, passed);
  }

  private static void attempts(Screening screening, int endpoint, int all, int failed) {
    for (int i = 0; i < all; i++) {
      screening.counts().get(endpoint).judge(i >= failed);
    }
  }

  /// In which part of 2000 picks the second endpoint takes part.
  private static double partOfSecond(Screening screening) {
    int count = 0;
    for (int i = 0; i < 2000; i++) {
      BitSet out = screening.leftOut();
      assertThat(out == null || !out.get(0)).isTrue();
      count += out == null ? 1 : 0;
    }
    return count / 2000.0;
  }
}
