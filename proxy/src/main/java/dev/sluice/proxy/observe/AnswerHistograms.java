package dev.sluice.proxy.observe;

import java.util.Arrays;

/// Histograms by status and method. One thread writes; any may read.
final class AnswerHistograms {
  private static final Cell[] NONE = {};

  private final long[] bounds;
  private volatile Cell[] cells = NONE;

  AnswerHistograms(long[] bounds) {
    this.bounds = bounds;
  }

  /// @param status 0 when it is no dimension
  /// @param method index of [MethodName]; -1 when it is no dimension
  record Cell(int status, int method, Histogram times) {}

  /// On the one writing thread.
  void record(int status, int method, long nanos) {
    Cell[] known = cells;
    for (Cell cell : known) {
      if (cell.status == status && cell.method == method) {
        cell.times.record(nanos);
        return;
      }
    }
    Cell added = new Cell(status, method, new Histogram(bounds));
    added.times.record(nanos);
    Cell[] more = Arrays.copyOf(known, known.length + 1);
    more[known.length] = added;
    cells = more;
  }

  /// Never changed by the caller.
  Cell[] cells() {
    return cells;
  }
}
