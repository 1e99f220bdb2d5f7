package dev.sluice.proxy.observe;

import dev.sluice.routes.spi.Services;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/// Metrics under names that filters, limits and the like choose: Skipper's custom counters, gauges and timers. Thread-safe.
///
/// A holder keeps the counter rather than asking by name for each request. Beyond [#MOST] names of a kind, further ones share one, named `_further_`.
public final class CustomMetrics {
  /// Most names of one kind.
  public static final int MOST = 10_000;
  private static final String FURTHER = "_further_";

  final Map<String, LongAdder> counters = new ConcurrentHashMap<>();
  final Map<String, DoubleSupplier> gauges = new ConcurrentHashMap<>();
  final Map<String, Timer> timers = new ConcurrentHashMap<>();

  /// Those of the gateway that offers these services.
  public static CustomMetrics of(Services services) {
    return services.shared(CustomMetrics.class, "custom", name -> new CustomMetrics());
  }

  /// The counter of this name, from now on shown.
  ///
  /// @param key for example `shedder.admission_control.total.mygroup`
  public LongAdder counter(String key) {
    return entry(counters, key, LongAdder::new);
  }

  /// Shows a value under this name from now on; the latest gauge of a name counts.
  ///
  /// @param value called at each scrape, on its thread; must not block
  public void gauge(String key, DoubleSupplier value) {
    if (gauges.size() < MOST || gauges.containsKey(key)) {
      gauges.put(key, value);
    }
  }

  /// Shows this value under this name until it is set again.
  public void gauge(String key, double value) {
    gauge(key, () -> value);
  }

  /// The timer of this name, shown once it has a value.
  ///
  /// @param key for example `routes.update_latency`
  public Timer timer(String key) {
    return entry(timers, key, Timer::new);
  }

  private static <V> V entry(Map<String, V> all, String key, Supplier<V> make) {
    V known = all.get(key);
    return known != null ? known : all.computeIfAbsent(all.size() < MOST ? key : FURTHER, k -> make.get());
  }

  /// Durations of something that is not on the path of most requests.
  public static final class Timer {
    final Histogram times = new Histogram(MetricOptions.DEFAULT.durationBounds());

    /// From any thread.
    public synchronized void record(long nanos) {
      times.record(nanos);
    }
  }
}
