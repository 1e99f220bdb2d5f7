package dev.sluice.proxy.server;

import dev.sluice.proxy.flag.MetricFlags;
import dev.sluice.proxy.observe.GatewayMetrics;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/// The metrics, in the flavours that the flags allow. Of several the request's Accept header chooses: with the flag given, as in Skipper, Codahale only for
/// `application/codahale+json`; without it, Prometheus only for those who ask for its formats.
final class MetricsPage {
  private final GatewayMetrics metrics;
  private final boolean prometheus;
  private final boolean codahale;
  private final boolean chosen;
  private final boolean compressed;

  MetricsPage(GatewaySettings settings, GatewayMetrics metrics) {
    this.metrics = metrics;
    List<String> flavours = settings.get(MetricFlags.METRICS_FLAVOUR);
    this.prometheus = flavours.contains("prometheus") || settings.get(MetricFlags.ENABLE_PROMETHEUS_METRICS);
    this.codahale = flavours.contains("codahale");
    this.chosen = settings.given(MetricFlags.METRICS_FLAVOUR) || settings.get(MetricFlags.ENABLE_PROMETHEUS_METRICS);
    this.compressed = !settings.get(MetricFlags.DISABLE_METRICS_COMPRESSION);
  }

  AdminAnswer answer(Request request, String path) {
    String accept = String.join(",", request.getHeaders().getValuesList(HttpHeader.ACCEPT));
    boolean plain = accept.contains("text/plain");
    boolean open = accept.contains("application/openmetrics-text");
    boolean text = prometheus && (!codahale || (chosen ? !accept.equals("application/codahale+json") : plain || open));
    if (text) {
      boolean onlyOpen = open && !plain;
      return AdminAnswer.text(200, GatewayMetrics.type(onlyOpen), metrics.prometheus(onlyOpen)).compressed(compressed);
    }
    if (!codahale) {
      return AdminAnswer.notFound();
    }
    String json = metrics.codahale(path.equals("/metrics") ? "" : path.substring(path.lastIndexOf('/') + 1));
    return json.isEmpty() ? AdminAnswer.notFound() : AdminAnswer.text(200, "application/json", json).compressed(compressed);
  }
}
