package dev.sluice.routes.check;

import dev.sluice.routes.model.BoundCall;
import dev.sluice.routes.model.PathPattern;
import dev.sluice.routes.model.RequestPath;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.predicate.False;
import dev.sluice.routes.predicate.Path;
import dev.sluice.routes.predicate.PathSubtree;
import dev.sluice.routes.spi.PredicateSpec;
import dev.sluice.routes.table.Rank;
import dev.sluice.routes.table.TablePredicate;
import dev.sluice.routes.table.TreePredicate;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which requests a route takes, by value: of two routes that are equal here the first takes all. The order of predicates does not matter, nor do the
/// names of wildcards, nor whether a rank comes of `Weight` or of a predicate that stands twice.
///
/// @param place in the path tree
/// @param conditions predicates that the table asks
record Matching(int rank, @Nullable Place place, Set<PredicateSpec> conditions) {
  /// A [PathPattern] without names.
  record Place(List<@Nullable String> segments, PathPattern.Form form) {
    static @Nullable Place of(@Nullable PathPattern pattern) {
      return pattern == null ? null : new Place(pattern.segments(), pattern.form());
    }
  }

  static Matching of(RouteDefinition route) {
    Place place = null;
    var conditions = new HashSet<PredicateSpec>();
    for (BoundCall<PredicateSpec> bound : route.predicates()) {
      switch (bound.spec()) {
        case TreePredicate tree -> place = Place.of(tree.pattern());
        case TablePredicate _ -> {} // counts in the rank
        default -> conditions.add(bound.spec());
      }
    }
    return new Matching(Rank.of(route), place, conditions);
  }

  /// Whether the route takes all that its predicates allow, and is meant to take something: neither left to chance nor switched off.
  static boolean isCertain(RouteDefinition route) {
    for (BoundCall<PredicateSpec> bound : route.predicates()) {
      if (bound.spec().leavesToChance() || bound.spec() instanceof False) {
        return false;
      }
    }
    return true;
  }

  /// Equal for routes that are equal here, without making one; different for nearly all others. A predicate that stands twice makes a difference.
  static long hash(RouteDefinition route) {
    long sum = Rank.of(route);
    for (BoundCall<PredicateSpec> bound : route.predicates()) {
      sum += switch (bound.spec()) {
        case Path(String path) -> hash(path, false);
        case PathSubtree(String path) -> path.isEmpty() ? 0 : hash(path, true);
        case TreePredicate tree -> Objects.hashCode(Place.of(tree.pattern()));
        case TablePredicate _ -> 0;
        default -> mixed(bound.spec().hashCode());
      };
    }
    return sum;
  }

  /// Equal for equal places. A [PathPattern] says more, but costs more than all the rest here.
  private static long hash(String path, boolean subtree) {
    String clean = RequestPath.clean(path);
    int free = clean.indexOf("/*");
    int end = free >= 0 ? subtree ? free : free + 2 : clean.length();
    end -= subtree && end > 0 && clean.charAt(end - 1) == '/' ? 1 : 0;
    long hash = subtree ? 1 : 2;
    for (int i = 0; i < end; i++) {
      char c = clean.charAt(i);
      hash = hash * 0x5851F42D4C957F2DL + c;
      if (c == ':' && clean.charAt(i - 1) == '/') {
        int next = clean.indexOf('/', i);
        i = next < 0 ? end : next - 1; // the name does not matter
      }
    }
    return mixed(hash);
  }

  /// Spreads over all bits (the finalizer of SplitMix64).
  private static long mixed(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }
}
