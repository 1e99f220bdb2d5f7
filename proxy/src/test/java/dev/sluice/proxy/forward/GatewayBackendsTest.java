package dev.sluice.proxy.forward;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import dev.sluice.proxy.balance.EndpointCounts;
import dev.sluice.proxy.balance.EndpointRegistry;
import dev.sluice.proxy.balance.ProbeRegistry;
import dev.sluice.proxy.filter.FakeServices;
import dev.sluice.proxy.forward.GatewayBackend.Balanced;
import dev.sluice.proxy.forward.GatewayBackend.Network;
import dev.sluice.proxy.observe.CustomMetrics;
import dev.sluice.proxy.server.BuiltinCatalog;
import dev.sluice.routes.compile.RouteBuilder;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.spi.RouteProblem;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.slf4j.helpers.NOPLogger;

/// What backends keep of their endpoints.
class GatewayBackendsTest {
  private static final String GROUP = "<\"http://a\", \"http://b\">";

  private final FakeServices services = new FakeServices();
  private final EndpointRegistry registry = new EndpointRegistry(services.nanoTime(), services.clock(), null, NOPLogger.NOP_LOGGER);
  private final GatewayBackends backends =
      new GatewayBackends(BuiltinCatalog.get(), registry, new ProbeRegistry(NOPLogger.NOP_LOGGER), CustomMetrics.of(services), new Random(1));

  @Test
  void endpointsAreKnownOverRoutesAndTables() throws RouteProblem {
    Network alone = (Network) backends.create(route("\"http://a\""));
    long since = alone.counts().detected();
    services.advance(Duration.ofHours(1));
    Balanced group = (Balanced) backends.create(route("fadeIn(\"1m\") -> " + GROUP));
    alone.close();
    assertThat(group.counts().get(0)).as("seen alone before").isSameAs(alone.counts());
    assertThat(group.counts().get(0).detected()).isEqualTo(since);
    assertThat(group.counts().get(1).detected()).isEqualTo(since + Duration.ofHours(1).toNanos());
    services.advance(Duration.ofSeconds(1));
    group.close();
    services.advance(Duration.ofMinutes(2));
    Balanced again = (Balanced) backends.create(route(GROUP));
    assertThat(again.counts().get(0)).as("forgotten").isNotSameAs(group.counts().get(0));
  }

  @Test
  void withoutFadeInNothingIsScreened() throws RouteProblem {
    assertThat(((Balanced) backends.create(route(GROUP))).screening()).isNull();
    assertThat(((Balanced) backends.create(route("fadeIn(0) -> " + GROUP))).screening()).isNull();
    assertThat(((Balanced) backends.create(route("fadeIn(\"1m\") -> fadeIn(0) -> " + GROUP))).screening()).as("the last one counts").isNull();
    assertThat(((Balanced) backends.create(route("fadeIn(0) -> fadeIn(\"1m\") -> " + GROUP))).screening()).isNotNull();
  }

  @Test
  void anEndpointCreatedAnewFadesInAgain() throws RouteProblem {
    services.advance(Duration.ofHours(2));
    EndpointCounts before = ((Balanced) backends.create(route(GROUP))).counts().get(1);
    long first = before.detected();
    services.advance(Duration.ofMinutes(10));
    long minuteAgo = services.clock().instant().minusSeconds(60).getEpochSecond();
    long toCome = minuteAgo + 3600;
    backends.create(route("endpointCreated(\"http://b\", " + minuteAgo + ") -> " + GROUP));
    assertThat(before.detected()).as("nothing fades in").isEqualTo(first);
    backends.create(route("fadeIn(\"5m\") -> endpointCreated(\"http://b:80\", " + toCome + ") -> " + GROUP));
    assertThat(before.detected()).as("clocks differ").isEqualTo(first);
    backends.create(route("fadeIn(\"5m\") -> endpointCreated(\"http://b:80\", " + minuteAgo + ") -> " + GROUP));
    assertThat(before.detected()).isEqualTo(first + Duration.ofMinutes(9).toNanos());
  }

  @Test
  void aChangeOfFadingMakesTheBackendAnew() {
    RouteDefinition plain = route("setPath(\"/x\") -> " + GROUP);
    assertThat(backends.keeps(plain, route("setPath(\"/y\") -> " + GROUP))).isTrue();
    assertThat(backends.keeps(plain, route("fadeIn(\"1m\") -> " + GROUP))).isFalse();
    assertThat(backends.keeps(route("fadeIn(\"1m\") -> " + GROUP), route("fadeIn(60000) -> status(200) -> " + GROUP))).isTrue();
    assertThat(backends.keeps(plain, route("<random, \"http://a\", \"http://b\">"))).isFalse();
    assertThat(backends.keeps(route("\"http://a\""), route("fadeIn(\"1m\") -> \"http://a\""))).as("means nothing there").isTrue();
  }

  private static RouteDefinition route(String filtersAndBackend) {
    var parsed = RouteParser.parse(SourceText.of("test.gw", "r: * -> " + filtersAndBackend + ";"));
    assertThat(parsed.diagnostics()).isEmpty();
    var built = RouteBuilder.build(parsed.file(), BuiltinCatalog.get(), RouteBuilder.Options.NONE);
    assertThat(built.problems()).noneMatch(problem -> problem.isError());
    return built.routes().getFirst();
  }
}
