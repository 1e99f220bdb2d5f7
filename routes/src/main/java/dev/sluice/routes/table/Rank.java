package dev.sluice.routes.table;

import dev.sluice.routes.model.BoundCall;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.spi.PredicateSpec;
import java.util.List;

/// By how much a route goes before others at its place: the sum of what its predicates weigh.
public final class Rank {
  private Rank() {}

  public static int of(RouteDefinition route) {
    List<BoundCall<PredicateSpec>> predicates = route.predicates();
    int sum = 0;
    for (int i = 0; i < predicates.size(); i++) {
      PredicateSpec spec = predicates.get(i).spec();
      if (!(spec instanceof IndexedPredicate indexed) || !isCounted(indexed, predicates.subList(0, i))) {
        sum += spec.weight();
      }
    }
    return sum;
  }

  private static boolean isCounted(IndexedPredicate spec, List<BoundCall<PredicateSpec>> before) {
    Object group = spec.weighsOnceWith();
    return group != null
        && before.stream().anyMatch(bound ->
            bound.spec() instanceof IndexedPredicate other && group.equals(other.weighsOnceWith()));
  }
}
