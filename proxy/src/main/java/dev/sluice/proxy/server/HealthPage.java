package dev.sluice.proxy.server;

import dev.sluice.proxy.observe.RoutesView;
import java.util.function.Supplier;

/// Tells load balancers and orchestrators how a gateway does.
final class HealthPage {
  private final Supplier<RoutesView> routes;
  private final Readiness readiness;

  HealthPage(Supplier<RoutesView> routes, Readiness readiness) {
    this.routes = routes;
    this.readiness = readiness;
  }

  /// The process answers: nothing more is meant.
  AdminAnswer live() {
    return answer(200, "{\"status\":\"up\"}\n");
  }

  /// Whether traffic is welcome.
  AdminAnswer ready() {
    RoutesView view = routes.get();
    String problem = readiness.problem();
    if (problem == null && !view.complete()) {
      problem = "the routes are not loaded yet";
    }
    if (problem != null) {
      return answer(503, "{\"status\":\"down\",\"reason\":\"" + problem + "\"}\n");
    }
    return answer(200, "{\"status\":\"up\",\"table\":" + view.version() + ",\"routes\":" + view.count() + ",\"invalidRoutes\":"
        + view.invalid().size() + "}\n");
  }

  private static AdminAnswer answer(int status, String body) {
    return AdminAnswer.text(status, "application/json", body).with("Cache-Control", "no-store");
  }
}
