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
  private final List<Route> routes;
  private final long version;
  private final boolean ignoreTrailingSlash;
  private final PathTree tree;
  private final @Nullable Place pathless;
  private final LeaseCount leases = new LeaseCount(this);
  private volatile @Nullable Map<String, Route> byId;

  private IndexedTable(
      List<Route> routes, long version, boolean ignoreTrailingSlash, PathTree tree, @Nullable Place pathless) {
    this.routes = routes;
    this.version = version;
    this.ignoreTrailingSlash = ignoreTrailingSlash;
    this.tree = tree;
    this.pathless = pathless;
  }

  /// The table before the first load.
  public static IndexedTable empty() {
    return of(List.of(), 0, false);
  }

  /// @param routes in source order; ids are different
  /// @param ignoreTrailingSlash whether one slash at the end of a path counts for nothing
  public static IndexedTable of(List<Route> routes, long version, boolean ignoreTrailingSlash) {
    var tree = new PathTree.Builder(ignoreTrailingSlash);
    var pathless = new ArrayList<Candidate>();
    for (Route route : routes) {
      PathPattern pattern = pattern(route);
      var candidate = new Candidate(route, pattern);
      if (pattern == null) {
        pathless.add(candidate);
      } else {
        tree.add(pattern, candidate);
      }
    }
    Place place = pathless.isEmpty() ? null : Place.of(pathless);
    return new IndexedTable(List.copyOf(routes), version, ignoreTrailingSlash, tree.build(), place);
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
