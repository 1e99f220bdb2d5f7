package dev.sluice.proxy.observe;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;

/// Which metrics are recorded, and under what names.
///
/// @param prefix start of Codahale keys; without its last dot also of Skipper's names in Prometheus
/// @param families what is recorded beside what always is
/// @param seconds bounds of the duration histograms as Prometheus sees them, ascending
/// @param answerSizes bounds of the sizes of answers, in bytes
/// @param headSizes bounds of the sizes of request heads, in bytes
public record MetricOptions(
    String prefix, Set<Family> families, List<Double> seconds, List<Long> answerSizes, List<Long> headSizes) {
  /// Bounds that only the Codahale form sees, in nanoseconds, so that its percentiles of quick answers mean something.
  private static final long[] FINER = {50_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000};

  /// Those that flags switch on and off.
  public enum Family {
    /// Time to serve, by route.
    SERVE_ROUTE,
    /// Answers by route, method and status.
    SERVE_ROUTE_COUNT,
    /// Time to serve, by host.
    SERVE_HOST,
    /// Answers by host, method and status.
    SERVE_HOST_COUNT,
    /// The method as a dimension of the times to serve.
    SERVE_METHOD,
    /// The status as a dimension of the times to serve.
    SERVE_STATUS,
    /// Time of backends, by host.
    BACKEND_HOST,
    /// Time of backends, by zone.
    BACKEND_ZONE,
    /// The gateway's own time before the backend.
    PROXY_REQUEST,
    /// The gateway's own time after the backend.
    PROXY_RESPONSE,
    /// Time of all filters together, by route.
    ALL_FILTERS,
    /// Time of answers, all routes together.
    COMBINED_RESPONSE,
    /// Time of answers, by route.
    ROUTE_RESPONSE,
    /// Backend errors, by route.
    ROUTE_BACKEND_ERRORS,
    /// Bodies broken off, by route.
    ROUTE_STREAM_ERRORS,
    /// Time of backends, by route.
    ROUTE_BACKEND,
    /// Metrics of the process.
    RUNTIME
  }

  /// What holds when no flag is given.
  public static final MetricOptions DEFAULT = new MetricOptions(
      "skipper.",
      Set.of(Family.ALL_FILTERS, Family.ROUTE_RESPONSE, Family.ROUTE_BACKEND_ERRORS, Family.ROUTE_STREAM_ERRORS,
          Family.ROUTE_BACKEND, Family.SERVE_METHOD, Family.SERVE_STATUS, Family.RUNTIME),
      List.of(.005, .01, .025, .05, .1, .25, .5, 1.0, 2.5, 5.0, 10.0),
      List.of(1L, 512L, 1024L, 512L << 10, 1L << 20, 512L << 20, 1L << 30),
      List.of(4096L, 8192L, 16384L, 65536L));

  public MetricOptions {
    families = Set.copyOf(families);
    seconds = List.copyOf(seconds);
    answerSizes = List.copyOf(answerSizes);
    headSizes = List.copyOf(headSizes);
  }

  boolean has(Family family) {
    return families.contains(family);
  }

  /// Bounds of duration histograms in nanoseconds, the finer ones among them.
  long[] durationBounds() {
    return LongStream.concat(Arrays.stream(FINER), seconds.stream().mapToLong(MetricOptions::nanos)).sorted().distinct().toArray();
  }

  long[] answerBounds() {
    return answerSizes.stream().mapToLong(Long::longValue).toArray();
  }

  long[] headBounds() {
    return headSizes.stream().mapToLong(Long::longValue).toArray();
  }

  static long nanos(double seconds) {
    return Math.round(seconds * 1e9);
  }
}
