package dev.sluice.routes.table;

import dev.sluice.routes.spi.Request;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The routes that share a place in the path tree, by rank.
sealed interface Place permits Candidate, Place.Few, PlaceIndex {
  /// From how many routes on an index pays.
  int INDEXED_FROM = 6;

  Comparator<Candidate> BY_RANK =
      Comparator.comparingInt(Candidate::rank).reversed().thenComparingInt(candidate -> candidate.order);

  /// The first whose predicates all hold, or null.
  ///
  /// @param trace when not null, every route is tried in turn, the index is left aside
  @Nullable Candidate find(Request request, @Nullable Trace trace);

  /// All of them by rank; never changed.
  Candidate[] all();

  /// @param candidates not empty; sorted here: higher rank first, equal ranks in source order
  static Place of(List<Candidate> candidates) {
    if (candidates.size() == 1) {
      return candidates.getFirst();
    }
    var sorted = new ArrayList<>(candidates);
    sorted.sort(BY_RANK);
    Candidate[] all = sorted.toArray(Candidate[]::new);
    return all.length < INDEXED_FROM ? new Few(all) : PlaceIndex.of(all);
  }

  /// The first of `all` whose predicates all hold.
  static @Nullable Candidate first(Candidate[] all, Request request, @Nullable Trace trace) {
    for (Candidate each : all) {
      Candidate found = each.find(request, trace);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /// Few enough to ask them all.
  final class Few implements Place {
    private final Candidate[] all;

    Few(Candidate[] all) {
      this.all = all;
    }

    @Override
    public Candidate[] all() {
      return all;
    }

    @Override
    public @Nullable Candidate find(Request request, @Nullable Trace trace) {
      return first(all, request, trace);
    }
  }
}
