package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.filter.FlagSettings;
import dev.sluice.proxy.flag.LimitFlags;
import dev.sluice.proxy.flag.RouteFlags;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GatewayServicesTest {
  @Test
  void flagsKeepTheirValuesHoweverManyThereAre() {
    var breaker = Map.of("type", "consecutive", "failures", "3");
    for (List<String> urls : List.of(List.<String>of(), List.of("a"), List.of("a", "b"), List.of("a", "b", "c"))) {
      var settings = GatewaySettings.defaults().with(RouteFlags.ROUTES_URLS, urls).with(LimitFlags.BREAKER, List.of(breaker));
      try (var services = new GatewayServices(settings, InstantSource.system())) {
        assertThat(FlagSettings.read(services, RouteFlags.ROUTES_URLS)).isEqualTo(urls);
        assertThat(FlagSettings.read(services, LimitFlags.BREAKER)).containsExactly(breaker);
      }
    }
  }

  @Test
  void flagsNotGivenHaveTheirDefaults() {
    try (var services = new GatewayServices(GatewaySettings.defaults(), InstantSource.system())) {
      assertThat(FlagSettings.read(services, RouteFlags.SOURCE_POLL_TIMEOUT)).hasSeconds(3);
      assertThat(FlagSettings.read(services, RouteFlags.ROUTES_URLS)).isEmpty();
    }
  }
}
