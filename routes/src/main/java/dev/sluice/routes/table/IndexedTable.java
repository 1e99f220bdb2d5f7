package dev.sluice.routes.table;

import dev.sluice.routes.model.BoundCall;
import dev.sluice.routes.model.PathPattern;
import dev.sluice.routes.model.RequestPath;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.InstanceKey;
import dev.sluice.routes.spi.PredicateSpec;
import dev.sluice.routes.spi.Request;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The table: a path tree, and the routes without a path, which are tried when the tree has none for the request.
///
/// A route found by its path goes before every route without one, whatever they weigh. At one place the higher rank goes first;
/// equal ranks keep source order.
public final class IndexedTable implements RouteTable {
  /// So many may always differ before all is built anew.
  private static final int MOST_CHANGED = 64;

  private final List<Route> routes;
  private final Candidate[] candidates;
  private final Wildcards.Cache wildcards;
  private final long version;
  private final boolean ignoreTrailingSlash;
  private final PathTree tree;
  private final @Nullable Place pathless;
  private final LeaseCount leases = new LeaseCount(this);
  private volatile @Nullable Map<String, Route> byId;

  private IndexedTable(Built built, long version, boolean ignoreTrailingSlash) {
    this.routes = built.routes;
    this.candidates = built.candidates;
    this.wildcards = built.wildcards;
    this.tree = built.tree;
    this.pathless = built.pathless;
    this.version = version;
    this.ignoreTrailingSlash = ignoreTrailingSlash;
  }

  /// @param candidates of each route, same indexes
  @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
  private record Built(
      List<Route> routes, Candidate[] candidates, Wildcards.Cache wildcards, PathTree tree, @Nullable Place pathless) {}

  /// The table before the first load.
  public static IndexedTable empty() {
    return of(List.of(), 0, false);
  }

  /// @param routes in source order; ids are different
  /// @param ignoreTrailingSlash whether one slash at the end of a path counts for nothing
  public static IndexedTable of(List<Route> routes, long version, boolean ignoreTrailingSlash) {
    return whole(routes, TableDifference.all(routes), new Wildcards.Cache(), version, ignoreTrailingSlash);
  }

  /// The table after this one. Costs little when little differs: what stays is taken over. One at a time may be made of a table, by
  /// any thread.
  ///
  /// @param next in source order; ids are different. A route that stays is the same object
  public IndexedTable next(List<Route> next, boolean ignoresTrailingSlash) {
    var difference = TableDifference.of(candidates, next);
    boolean small = difference.size() < MOST_CHANGED || difference.size() < next.size() / 8;
    if (difference.reordered() || !small || tree.isWorn() || ignoresTrailingSlash != ignoreTrailingSlash) {
      return whole(next, difference, wildcards, version + 1, ignoresTrailingSlash);
    }
    Candidate[] all = candidates(next, difference, wildcards);
    var builder = new PathTree.Builder(tree);
    var others = pathless == null ? new ArrayList<Candidate>() : new ArrayList<>(List.of(pathless.all()));
    boolean othersDiffer = false;
    for (Candidate gone : difference.gone()) {
      PathPattern pattern = pattern(gone.route());
      if (pattern == null) {
        othersDiffer |= others.removeIf(each -> each == gone);
      } else {
        builder.remove(pattern, gone);
      }
    }
    for (int at : difference.come()) {
      PathPattern pattern = pattern(next.get(at));
      if (pattern == null) {
        othersDiffer |= others.add(all[at]);
      } else {
        builder.add(pattern, all[at]);
      }
    }
    Place place = othersDiffer ? others.isEmpty() ? null : Place.of(others) : pathless;
    return new IndexedTable(new Built(List.copyOf(next), all, wildcards, builder.build(), place), version + 1, ignoreTrailingSlash);
  }

  private static IndexedTable whole(
      List<Route> routes, TableDifference difference, Wildcards.Cache wildcards, long version, boolean ignoreTrailingSlash) {
    Candidate[] all = candidates(routes, difference, wildcards);
    var tree = new PathTree.Builder(ignoreTrailingSlash);
    var others = new ArrayList<Candidate>();
    for (Candidate candidate : all) {
      PathPattern pattern = pattern(candidate.route());
      if (pattern == null) {
        others.add(candidate);
      } else {
        tree.add(pattern, candidate);
      }
    }
    Place place = others.isEmpty() ? null : Place.of(others);
    return new IndexedTable(new Built(List.copyOf(routes), all, wildcards, tree.build(), place), version, ignoreTrailingSlash);
  }

  /// The candidates that stay and new ones for the rest, numbered.
  private static Candidate[] candidates(List<Route> routes, TableDifference difference, Wildcards.Cache wildcards) {
    Candidate[] all = difference.stay();
    for (int at : difference.come()) {
      Route route = routes.get(at);
      PathPattern pattern = pattern(route);
      all[at] = new Candidate(route, pattern == null ? null : wildcards.of(pattern));
    }
    for (int i = 0; i < all.length; i++) {
      all[i].order = i;
    }
    return all;
  }

  private static @Nullable PathPattern pattern(Route route) {
    for (BoundCall<PredicateSpec> bound : route.definition().predicates()) {
      if (bound.spec() instanceof TreePredicate tree) {
        return tree.pattern();
      }
    }
    return null;
  }

  @Override
  public @Nullable Match match(Request request, @Nullable Trace trace) {
    String path = RequestPath.clean(request.path());
    if (ignoreTrailingSlash && path.length() > 1 && path.endsWith("/")) {
      path = path.substring(0, path.length() - 1);
    }
    Candidate found = tree.find(path, request, trace);
    if (found == null && pathless != null) {
      found = pathless.find(request, trace);
    }
    return found == null ? null : found.match(path);
  }

  @Override
  public List<Route> routes() {
    return routes;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public @Nullable Filter running(InstanceKey key) {
    Route route = byId().get(key.site().routeId());
    if (route == null) {
      return null;
    }
    List<BoundCall<FilterSpec>> filters = route.definition().filters();
    for (int i = 0, nth = 0; i < filters.size(); i++) {
      FilterSpec spec = filters.get(i).spec();
      if (spec.equals(key.spec()) && nth++ == key.site().nth()) {
        return route.filters()[i];
      }
    }
    return null;
  }

  @Override
  public Lease lease() {
    return leases.begin();
  }

  /// To be called once, when another table has taken this one's place.
  ///
  /// @param drained runs once, when the last lease has ended; on the thread that ended it, or on the caller's
  public void retire(Runnable drained) {
    leases.close(drained);
  }

  private Map<String, Route> byId() {
    Map<String, Route> known = byId;
    if (known == null) {
      known = HashMap.newHashMap(routes.size());
      for (Route route : routes) {
        known.put(route.id(), route);
      }
      byId = known;
    }
    return known;
  }
}
