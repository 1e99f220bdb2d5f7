package dev.sluice.routes.table;

import dev.sluice.routes.spi.PredicateSpec;
import dev.sluice.routes.spi.RoutePredicate;
import dev.sluice.routes.spi.Services;

/// A predicate that the table itself carries out, by where it places the route. It is never asked.
public interface TablePredicate extends PredicateSpec {
  @Override
  default RoutePredicate create(Services services) {
    return request -> true;
  }
}
