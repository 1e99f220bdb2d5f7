package dev.sluice.routes.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// By which routes two tables differ; a route that stays is the same object in both.
///
/// @param stay candidates of the routes that stay, by their new numbers; null where a route is new
/// @param come numbers of the routes that are new
/// @param gone candidates of the routes that are no more
/// @param reordered whether routes that stay changed places; then `gone` is empty, and what is at a place must be sorted again
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
record TableDifference(Candidate[] stay, int[] come, List<Candidate> gone, boolean reordered) {

  /// All are new.
  static TableDifference all(List<Route> routes) {
    int[] come = new int[routes.size()];
    Arrays.setAll(come, i -> i);
    return new TableDifference(new Candidate[routes.size()], come, List.of(), true);
  }

  int size() {
    return come.length + gone.size();
  }

  /// @param old in source order
  static TableDifference of(Candidate[] old, List<Route> next) {
    var stay = new Candidate[next.size()];
    int[] come = new int[next.size()];
    int count = 0;
    var gone = new ArrayList<Candidate>();
    Map<Route, Candidate> known = null;
    int i = 0;
    for (int j = 0; j < stay.length; j++) {
      Route route = next.get(j);
      if (i < old.length && old[i].route() != route) {
        if (old[i].route().id().equals(route.id())) {
          gone.add(old[i++]);
          come[count++] = j;
          continue;
        }
        known = known == null ? byRoute(old) : known;
        if (known.get(route) instanceof Candidate wanted) {
          while (i < old.length && old[i] != wanted) {
            gone.add(old[i++]);
          }
          if (i == old.length) {
            return reordered(known, next);
          }
        }
      }
      if (i < old.length && old[i].route() == route) {
        stay[j] = old[i++];
      } else if (known != null && known.containsKey(route)) {
        return reordered(known, next);
      } else {
        come[count++] = j;
      }
    }
    while (i < old.length) {
      gone.add(old[i++]);
    }
    return new TableDifference(stay, Arrays.copyOf(come, count), gone, false);
  }

  private static TableDifference reordered(Map<Route, Candidate> known, List<Route> next) {
    var stay = new Candidate[next.size()];
    int[] come = new int[next.size()];
    int count = 0;
    for (int j = 0; j < stay.length; j++) {
      @Nullable Candidate same = known.get(next.get(j));
      if (same == null) {
        come[count++] = j;
      } else {
        stay[j] = same;
      }
    }
    return new TableDifference(stay, Arrays.copyOf(come, count), List.of(), true);
  }

  private static Map<Route, Candidate> byRoute(Candidate[] candidates) {
    Map<Route, Candidate> known = new IdentityHashMap<>(candidates.length);
    for (Candidate each : candidates) {
      known.put(each.route(), each);
    }
    return known;
  }
}
