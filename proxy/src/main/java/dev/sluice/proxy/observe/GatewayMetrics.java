package dev.sluice.proxy.observe;

import dev.sluice.proxy.observe.MetricOptions.Family;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/// All metrics of a gateway: what the loops count, custom ones, and the state of the routes.
///
/// ```java
/// LoopCounters here = metrics.loop(loop.index()); // recorded on that loop only
/// here.arrived("HTTP/1.1");
/// here.lookedUp(nanos);
/// here.answered(route, 200, nanos, "10.0.0.1:80", "");
/// here.ended(route, host, "GET", 200, null, true, nanos, sendNanos, bytes);
/// ```
public final class GatewayMetrics {
  /// Counters of this many routes that are gone are kept, so that a scraper still sees how they ended.
  private static final int KEPT = 1000;

  final MetricOptions options;
  final LoopSums sums;
  final CustomMetrics custom;
  private final LoopCounters[] loops;
  private final Supplier<RoutesView> routes;
  private final LongSupplier droppedLines;
  private final LongSupplier droppedMessages;
  private final CodahaleRates rates;
  private volatile Supplier<EngineView> engine = () -> EngineView.EMPTY;

  /// @param loops number of event loops
  /// @param routes asked at each scrape
  /// @param droppedLines lines that the access log could not write
  /// @param droppedMessages lines that the application log could not write
  /// @param nanoTime monotonic
  public GatewayMetrics(MetricOptions options, int loops, CustomMetrics custom, Supplier<RoutesView> routes,
      LongSupplier droppedLines, LongSupplier droppedMessages, LongSupplier nanoTime) {
    this.options = options;
    this.loops = new LoopCounters[loops];
    for (int i = 0; i < loops; i++) {
      this.loops[i] = new LoopCounters(options);
    }
    this.sums = new LoopSums(this.loops);
    this.custom = custom;
    this.routes = routes;
    this.droppedLines = droppedLines;
    this.droppedMessages = droppedMessages;
    this.rates = new CodahaleRates(nanoTime);
  }

  /// What holds the exchanges, connections and endpoints that are shown; asked at each scrape, on its thread.
  public void shows(Supplier<EngineView> shown) {
    engine = shown;
  }

  public EngineView engine() {
    return engine.get();
  }

  /// Where the loop with this index records.
  public LoopCounters loop(int index) {
    return loops[index];
  }

  public CustomMetrics custom() {
    return custom;
  }

  /// For Prometheus: Skipper's names and ours.
  ///
  /// @param open OpenMetrics instead of Prometheus' own form
  public String prometheus(boolean open) {
    forgetRoutesGone();
    var families = new ArrayList<MetricFamily>();
    families.addAll(new SkipperFamilies(this).families());
    families.addAll(SluiceFamilies.of(this));
    families.addAll(EngineFamilies.of(engine()));
    if (options.has(Family.RUNTIME)) {
      families.addAll(ProcessFamilies.of());
    }
    return PrometheusText.write(families, open);
  }

  /// The content type of [#prometheus].
  public static String type(boolean open) {
    return open ? PrometheusText.OPEN_TYPE : PrometheusText.PLAIN_TYPE;
  }

  /// As Codahale's JSON, with the keys that begin with `key`; one of exactly this name stands alone, under the name asked for.
  ///
  /// @param key with or without the prefix; empty: all
  /// @return empty when there is none
  public String codahale(String key) {
    forgetRoutesGone();
    return CodahaleJson.write(new CodahaleKeys(this), options.prefix(), key, rates);
  }

  /// Lets go of the counters of routes that are gone, when they are many. Done by each scrape; may be called by others, from any thread.
  public void forgetRoutesGone() {
    RoutesView view = view();
    for (LoopCounters loop : loops) {
      if (loop.routes.size() > view.count() + KEPT) {
        Set<String> ids = HashSet.newHashSet(view.count());
        view.valid().forEach(route -> ids.add(route.id()));
        ids.add(LoopCounters.UNKNOWN_ROUTE);
        loop.routes.keySet().retainAll(ids);
      }
    }
  }

  RoutesView view() {
    return routes.get();
  }

  long droppedLines() {
    return droppedLines.getAsLong();
  }

  long droppedMessages() {
    return droppedMessages.getAsLong();
  }
}
