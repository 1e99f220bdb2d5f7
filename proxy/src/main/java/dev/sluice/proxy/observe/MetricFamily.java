package dev.sluice.proxy.observe;

import dev.sluice.proxy.observe.Histogram.Distribution;
import java.util.ArrayList;
import java.util.List;

/// One metric for Prometheus with all its series, at one time.
///
/// @param name whole, with namespace, unit and `_total`
record MetricFamily(String name, String help, Type type, List<Series> series) {
  enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM
  }

  MetricFamily(String name, String help, Type type) {
    this(name, help, type, new ArrayList<>());
  }

  sealed interface Series {
    Labels labels();
  }

  record Value(Labels labels, double value) implements Series {}

  /// @param bounds those that are shown, in the distribution's unit
  /// @param scale units of the distribution in one unit of the metric: 1e9 for nanoseconds in seconds
  record Buckets(Labels labels, Distribution values, long[] bounds, double scale) implements Series {}

  /// Labels in the order of their names.
  ///
  /// @param pairs name, value, name, value…
  record Labels(List<String> pairs) {
    static final Labels NONE = new Labels(List.of());

    static Labels of(String... pairs) {
      return new Labels(List.of(pairs));
    }
  }

  MetricFamily add(double value, String... labels) {
    series.add(new Value(Labels.of(labels), value));
    return this;
  }

  MetricFamily add(Distribution values, long[] bounds, double scale, String... labels) {
    series.add(new Buckets(Labels.of(labels), values, bounds, scale));
    return this;
  }
}
