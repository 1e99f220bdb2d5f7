package dev.sluice.proxy.observe;

import dev.sluice.proxy.observe.EngineView.CheckView;
import dev.sluice.proxy.observe.EngineView.EndpointView;
import dev.sluice.proxy.observe.MetricFamily.Type;
import java.util.List;

/// What a gateway holds, and the state of its endpoints.
final class EngineFamilies {
  /// More endpoints than this are not shown one by one.
  private static final int MOST = LoopCounters.MOST_HOSTS;

  private EngineFamilies() {}

  static List<MetricFamily> of(EngineView view) {
    return List.of(
        new MetricFamily("sluice_connections_accepted_total", "Connections of clients accepted.", Type.COUNTER).add(view.accepted()),
        gauge("sluice_connections_open", "Connections of clients that are open.", view.connections()),
        gauge("sluice_exchanges", "Requests under way.", view.exchanges()),
        gauge("sluice_timers", "Timers that are set on the event loops.", view.timers()),
        gauge("sluice_backend_connections", "Connections to backends that are open or being opened.", view.backendConnections()),
        gauge("sluice_buffers", "Buffers of the pool that are in use.", view.buffers()),
        gauge("sluice_endpoints", "Endpoints that are known.", view.endpoints().size()),
        gauge("sluice_endpoint_requests", "Attempts under way at endpoints of groups.",
            view.endpoints().stream().mapToLong(EndpointView::inFlight).sum()),
        failing(view), healthy(view), checks(view));
  }

  private static MetricFamily failing(EngineView view) {
    var family = new MetricFamily("sluice_endpoint_drop_probability",
        "The chance that a request passes over an endpoint that failed of late; only such endpoints.", Type.GAUGE);
    view.endpoints().stream().filter(each -> each.dropProbability() > 0).limit(MOST)
        .forEach(each -> family.add(each.dropProbability(), "endpoint", each.address()));
    return family;
  }

  private static MetricFamily healthy(EngineView view) {
    var family = new MetricFamily("sluice_endpoint_healthy", "Whether an endpoint is well by its check.", Type.GAUGE);
    view.checks().stream().limit(MOST).forEach(each -> family.add(each.healthy() ? 1 : 0, "endpoint", each.address(), "path", each.path()));
    return family;
  }

  private static MetricFamily checks(EngineView view) {
    var family = new MetricFamily("sluice_endpoint_checks_total", "Requests by which endpoints were checked.", Type.COUNTER);
    for (CheckView each : view.checks().subList(0, Math.min(MOST, view.checks().size()))) {
      family.add(each.failures(), "endpoint", each.address(), "path", each.path(), "result", "bad");
      family.add(each.asked() - each.failures(), "endpoint", each.address(), "path", each.path(), "result", "good");
    }
    return family;
  }

  private static MetricFamily gauge(String name, String help, long value) {
    return new MetricFamily(name, help, Type.GAUGE).add(value);
  }
}
