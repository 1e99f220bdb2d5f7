package dev.sluice.proxy.observe;

import dev.sluice.proxy.observe.Histogram.Distribution;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Metrics in the form of Dropwizard's (once Codahale's) servlet, as Skipper writes it: groups, then keys, each sorted. Times are in
/// nanoseconds. Percentiles and the deviation are estimated from histograms, and exact to the width of a bucket.
final class CodahaleJson {
  private final StringBuilder out = new StringBuilder(1 << 12);

  private CodahaleJson() {}

  /// @return empty when no key is selected
  static synchronized String write(CodahaleKeys keys, String prefix, String key, CodahaleRates rates) {
    var json = new CodahaleJson();
    json.out.append('{');
    json.group("counters", select(keys.counters(), prefix, key), (name, count) -> json.member("count", count));
    json.group("gauges", select(keys.gauges(), prefix, key), (name, value) -> json.member("value", value));
    SortedMap<String, Distribution> timers = keys.timers();
    rates.retain(timers.keySet());
    json.group("timers", select(timers, prefix, key), (name, times) ->
        json.timer(times, rates.rates(name.startsWith(prefix) ? name.substring(prefix.length()) : name, times.count())));
    json.out.append("}\n");
    return json.out.length() == 3 ? "" : json.out.toString();
  }

  private static <V> SortedMap<String, V> select(SortedMap<String, V> all, String prefix, String key) {
    var selected = new TreeMap<String, V>();
    String bare = key.startsWith(prefix) ? key.substring(prefix.length()) : key;
    V exact = key.isEmpty() ? null : all.get(bare);
    if (exact != null) {
      selected.put(key, exact);
      return selected;
    }
    all.tailMap(bare).forEach((name, value) -> {
      if (name.startsWith(bare)) {
        selected.put(prefix + name, value);
      }
    });
    return selected;
  }

  private <V> void group(String name, Map<String, V> members, BiConsumer<String, V> write) {
    if (members.isEmpty()) {
      return;
    }
    out.append(out.length() == 1 ? "" : ",");
    string(name);
    out.append(":{");
    String separator = "";
    for (var entry : members.entrySet()) {
      out.append(separator);
      string(entry.getKey());
      out.append(":{");
      write.accept(entry.getKey(), entry.getValue());
      out.setCharAt(out.length() - 1, '}');
      separator = ",";
    }
    out.append('}');
  }

  private void timer(Distribution times, CodahaleRates.Rates rates) {
    member("15m.rate", rates.fifteen());
    member("1m.rate", rates.one());
    member("5m.rate", rates.five());
    member("75%", times.quantile(.75));
    member("95%", times.quantile(.95));
    member("99%", times.quantile(.99));
    member("99.9%", times.quantile(.999));
    member("count", times.count());
    member("max", times.greatest());
    member("mean", times.mean());
    member("mean.rate", rates.mean());
    member("median", times.quantile(.5));
    member("min", times.least());
    member("stddev", times.deviation());
  }

  private void member(String name, double value) {
    string(name);
    out.append(':').append(PrometheusText.number(Double.isFinite(value) ? value : 0)).append(',');
  }

  private void string(String text) {
    out.append('"');
    LogText.json(out, text);
    out.append('"');
  }
}
