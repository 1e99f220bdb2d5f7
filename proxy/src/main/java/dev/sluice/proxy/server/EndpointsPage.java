package dev.sluice.proxy.server;

import dev.sluice.proxy.observe.EngineView;
import dev.sluice.proxy.observe.EngineView.CheckView;
import dev.sluice.proxy.observe.EngineView.EndpointView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Lists the endpoints that are known, with what is known of their health, as JSON: one line for each.
final class EndpointsPage {
  private final Supplier<EngineView> engine;

  EndpointsPage(Supplier<EngineView> engine) {
    this.engine = engine;
  }

  AdminAnswer answer() {
    EngineView view = engine.get();
    Map<String, List<CheckView>> checks = new HashMap<>();
    view.checks().forEach(check -> checks.computeIfAbsent(check.address(), address -> new ArrayList<>(1)).add(check));
    String body = view.endpoints().stream()
        .map(each -> line(each, checks.getOrDefault(each.address(), List.of())))
        .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    return AdminAnswer.text(200, "application/json", body).with("X-Count", Integer.toString(view.endpoints().size())).with("Cache-Control", "no-store");
  }

  private static String line(EndpointView endpoint, List<CheckView> checks) {
    return String.format(Locale.ROOT, "{\"endpoint\":%s,\"requests\":%d,\"dropProbability\":%.3f,\"knownSeconds\":%d,\"routes\":%d,\"checks\":%s}",
        RouteListing.string(endpoint.address()), endpoint.inFlight(), endpoint.dropProbability(), endpoint.age() / 1_000_000_000, endpoint.users(),
        checks.stream().map(EndpointsPage::check).collect(Collectors.joining(",", "[", "]")));
  }

  private static String check(CheckView check) {
    return String.format(Locale.ROOT, "{\"path\":%s,\"healthy\":%b,\"asked\":%d,\"failures\":%d%s}",
        RouteListing.string(check.path()), check.healthy(), check.asked(), check.failures(),
        check.problem().isEmpty() ? "" : ",\"problem\":" + RouteListing.string(check.problem()));
  }
}
