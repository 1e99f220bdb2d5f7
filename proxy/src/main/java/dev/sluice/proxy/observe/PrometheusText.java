package dev.sluice.proxy.observe;

import dev.sluice.proxy.observe.MetricFamily.Buckets;
import dev.sluice.proxy.observe.MetricFamily.Labels;
import dev.sluice.proxy.observe.MetricFamily.Series;
import dev.sluice.proxy.observe.MetricFamily.Type;
import dev.sluice.proxy.observe.MetricFamily.Value;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// Metrics as text: Prometheus 0.0.4, or OpenMetrics 1.0.0.
///
/// Own code, since Prometheus' Java library writes whole numbers as `4.0` and refuses counters without `_total`; what reads Skipper's
/// metrics expects neither.
final class PrometheusText {
  static final String PLAIN_TYPE = "text/plain; version=0.0.4; charset=utf-8; escaping=underscores";
  static final String OPEN_TYPE = "application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores";

  private final StringBuilder out = new StringBuilder(1 << 14);
  private final boolean open;

  private PrometheusText(boolean open) {
    this.open = open;
  }

  /// Sorted by name; families without series are left out.
  ///
  /// @param open whether OpenMetrics is wanted
  static String write(List<MetricFamily> families, boolean open) {
    var text = new PrometheusText(open);
    families.stream()
        .filter(family -> !family.series().isEmpty())
        .sorted(Comparator.comparing(MetricFamily::name))
        .forEach(text::family);
    if (open) {
      text.out.append("# EOF\n");
    }
    return text.out.toString();
  }

  private void family(MetricFamily family) {
    boolean counter = family.type() == Type.COUNTER;
    boolean total = family.name().endsWith("_total");
    String name = open && counter && total ? family.name().substring(0, family.name().length() - 6) : family.name();
    String type = open && counter && !total ? "unknown" : family.type().name().toLowerCase(Locale.ROOT);
    out.append("# HELP ").append(name).append(' ').append(family.help()).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    for (Series series : family.series()) {
      switch (series) {
        case Value(var labels, var value) -> sample(family.name(), "", labels, "", number(value));
        case Buckets buckets -> buckets(family.name(), buckets);
      }
    }
  }

  private void buckets(String name, Buckets buckets) {
    var values = buckets.values();
    for (long bound : buckets.bounds()) {
      String end = number(bound / buckets.scale());
      sample(name, "_bucket", buckets.labels(), open && end.indexOf('.') < 0 ? end + ".0" : end, number(values.upTo(bound)));
    }
    String count = number(values.count());
    sample(name, "_bucket", buckets.labels(), "+Inf", count);
    sample(name, "_sum", buckets.labels(), "", number(values.sum() / buckets.scale()));
    sample(name, "_count", buckets.labels(), "", count);
  }

  private void sample(String name, String suffix, Labels labels, String end, String value) {
    out.append(name).append(suffix);
    char before = '{';
    List<String> pairs = labels.pairs();
    for (int i = 0; i < pairs.size(); i += 2) {
      label(before, pairs.get(i), pairs.get(i + 1));
      before = ',';
    }
    if (!end.isEmpty()) {
      label(before, "le", end);
      before = ',';
    }
    out.append(before == '{' ? "" : "}").append(' ').append(value).append('\n');
  }

  private void label(char before, String name, String value) {
    out.append(before).append(name).append("=\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '"' -> out.append("\\\"");
        case '\n' -> out.append("\\n");
        default -> out.append(c);
      }
    }
    out.append('"');
  }

  /// A whole number without a fraction.
  static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15 ? Long.toString((long) value) : Double.toString(value);
  }
}
