package dev.sluice.proxy.server;

import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.LogFlags;
import dev.sluice.proxy.flag.MetricFlags;
import dev.sluice.proxy.observe.AccessLogFormat;
import dev.sluice.proxy.observe.ApplicationLog;
import dev.sluice.proxy.observe.LogFile;
import dev.sluice.proxy.observe.MetricOptions;
import dev.sluice.proxy.observe.MetricOptions.Family;
import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// What the flags say about logs and metrics.
final class ObserveSettings {
  private static final Map<Family, Flag<Boolean>> SWITCHES = Map.ofEntries(
      Map.entry(Family.SERVE_ROUTE, MetricFlags.SERVE_ROUTE_METRICS),
      Map.entry(Family.SERVE_ROUTE_COUNT, MetricFlags.SERVE_ROUTE_COUNTER),
      Map.entry(Family.SERVE_HOST, MetricFlags.SERVE_HOST_METRICS),
      Map.entry(Family.SERVE_HOST_COUNT, MetricFlags.SERVE_HOST_COUNTER),
      Map.entry(Family.SERVE_METHOD, MetricFlags.SERVE_METHOD_METRIC),
      Map.entry(Family.SERVE_STATUS, MetricFlags.SERVE_STATUS_CODE_METRIC),
      Map.entry(Family.BACKEND_HOST, MetricFlags.BACKEND_HOST_METRICS),
      Map.entry(Family.BACKEND_ZONE, MetricFlags.BACKEND_ZONE_METRICS),
      Map.entry(Family.PROXY_REQUEST, MetricFlags.PROXY_REQUEST_METRICS),
      Map.entry(Family.PROXY_RESPONSE, MetricFlags.PROXY_RESPONSE_METRICS),
      Map.entry(Family.ALL_FILTERS, MetricFlags.ALL_FILTERS_METRICS),
      Map.entry(Family.COMBINED_RESPONSE, MetricFlags.COMBINED_RESPONSE_METRICS),
      Map.entry(Family.ROUTE_RESPONSE, MetricFlags.ROUTE_RESPONSE_METRICS),
      Map.entry(Family.ROUTE_BACKEND_ERRORS, MetricFlags.ROUTE_BACKEND_ERROR_COUNTERS),
      Map.entry(Family.ROUTE_STREAM_ERRORS, MetricFlags.ROUTE_STREAM_ERROR_COUNTERS),
      Map.entry(Family.ROUTE_BACKEND, MetricFlags.ROUTE_BACKEND_METRICS),
      Map.entry(Family.RUNTIME, MetricFlags.RUNTIME_METRICS));

  /// What is on unless `-disable-metrics-compat` is given.
  private static final Set<Family> COMPATIBLE = EnumSet.of(Family.ALL_FILTERS, Family.ROUTE_RESPONSE, Family.ROUTE_BACKEND_ERRORS,
      Family.ROUTE_STREAM_ERRORS, Family.ROUTE_BACKEND);

  private ObserveSettings() {}

  static MetricOptions metrics(GatewaySettings settings) throws StartProblem {
    Set<Family> families = EnumSet.noneOf(Family.class);
    SWITCHES.forEach((family, flag) -> {
      if (settings.get(flag)) {
        families.add(family);
      }
    });
    if (!settings.get(MetricFlags.DISABLE_METRICS_COMPAT)) {
      families.addAll(COMPATIBLE);
    }
    MetricOptions usual = MetricOptions.DEFAULT;
    return new MetricOptions(
        settings.get(MetricFlags.METRICS_PREFIX),
        families,
        bounds(settings, MetricFlags.HISTOGRAM_METRIC_BUCKETS, 1, Double::valueOf, usual.seconds()),
        bounds(settings, MetricFlags.RESPONSE_SIZE_BUCKETS, 2, text -> Math.round(Double.parseDouble(text)), usual.answerSizes()),
        bounds(settings, MetricFlags.REQUEST_SIZE_BUCKETS, 2, text -> Math.round(Double.parseDouble(text)), usual.headSizes()));
  }

  /// Sorted; the usual ones when fewer than `least` are given.
  private static <N extends Number> List<N> bounds(
      GatewaySettings settings, Flag<List<String>> flag, int least, Function<String, N> read, List<N> usual) throws StartProblem {
    List<String> texts = settings.get(flag);
    if (texts.size() < least) {
      return usual;
    }
    try {
      List<N> bounds = texts.stream().map(text -> read.apply(text.strip())).sorted().distinct().toList();
      if (bounds.stream().allMatch(bound -> Double.isFinite(bound.doubleValue()) && bound.doubleValue() > 0)) {
        return bounds;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw new StartProblem("-" + flag.name() + ": " + String.join(",", texts) + " are no bounds; write numbers above 0 with commas between them");
  }

  static ApplicationLog.Level level(GatewaySettings settings) {
    return switch (settings.get(LogFlags.APPLICATION_LOG_LEVEL).toUpperCase(Locale.ROOT)) {
      case "DEBUG", "TRACE" -> ApplicationLog.Level.DEBUG;
      case "WARN", "WARNING" -> ApplicationLog.Level.WARN;
      case "ERROR", "FATAL", "PANIC" -> ApplicationLog.Level.ERROR;
      default -> ApplicationLog.Level.INFO;
    };
  }

  static AccessLogFormat accessLog(GatewaySettings settings) throws StartProblem {
    var options = new AccessLogFormat.Options(
        ZoneId.systemDefault(), settings.get(LogFlags.ACCESS_LOG_STRIP_QUERY), masks(settings));
    String template = settings.get(LogFlags.ACCESS_LOG_FORMAT);
    if (!template.isEmpty()) {
      return AccessLogFormat.template(template, options);
    }
    return settings.get(LogFlags.ACCESS_LOG_JSON_ENABLED) ? AccessLogFormat.json(options) : AccessLogFormat.combined(options);
  }

  private static Map<String, String> masks(GatewaySettings settings) throws StartProblem {
    var masks = new HashMap<String, String>();
    for (String text : settings.get(LogFlags.LOG_MASK)) {
      int equals = text.indexOf('=');
      if (equals < 1) {
        throw new StartProblem("-log-mask: \"" + text + "\" names no field; write FIELD=drop, FIELD=sha256 or FIELD=TEXT");
      }
      masks.put(text.substring(0, equals), text.substring(equals + 1));
    }
    return masks;
  }

  /// @param directory what a relative path is relative to
  static LogFile open(Flag<String> flag, String path, Path directory) throws StartProblem {
    Path file = directory.resolve(path);
    try {
      return new LogFile(file);
    } catch (IOException e) {
      throw new StartProblem("-" + flag.name() + ": " + file + " cannot be written: " + e.getMessage());
    }
  }
}
