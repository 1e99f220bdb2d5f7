package dev.sluice.proxy.observe;

import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Counts of one route on one loop, which is the only one to write. Histograms are made at their first use: most routes need few.
final class RouteCounters {
  final AtomicLong backendErrors = new AtomicLong();
  final AtomicLong streamErrors = new AtomicLong();
  final AnswerHistograms responses;
  final AnswerHistograms served;
  final AnswerHistograms count;

  // Not volatile: readers may miss a new one once; what it points to has final fields only.
  @Nullable Histogram backend;
  @Nullable Histogram requestFilters;
  @Nullable Histogram responseFilters;

  RouteCounters(long[] durations, long[] none) {
    this.responses = new AnswerHistograms(durations);
    this.served = new AnswerHistograms(durations);
    this.count = new AnswerHistograms(none);
  }

  Histogram backend(long[] bounds) {
    Histogram known = backend;
    if (known == null) {
      known = new Histogram(bounds);
      backend = known;
    }
    return known;
  }

  Histogram filters(boolean request, long[] bounds) {
    Histogram known = request ? requestFilters : responseFilters;
    if (known == null) {
      known = new Histogram(bounds);
      if (request) {
        requestFilters = known;
      } else {
        responseFilters = known;
      }
    }
    return known;
  }
}
