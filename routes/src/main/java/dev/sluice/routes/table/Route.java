package dev.sluice.routes.table;

import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.RoutePredicate;
import dev.sluice.routes.spi.RunningBackend;
import dev.sluice.routes.spi.Waits;

/// A running route. Arrays are shared with the hot path and never changed after construction.
///
/// @param filters in route order
/// @param waits of each filter, same indexes
/// @param predicates in route order, without those that the table itself carries out ([TablePredicate])
/// @param backend what the gateway made for the definition's backend
@SuppressWarnings("ArrayRecordComponent") // never compared; the arrays are the point
public record Route(
    RouteDefinition definition,
    RoutePredicate[] predicates,
    Filter[] filters,
    Waits[] waits,
    RunningBackend backend) {

  public String id() {
    return definition.id();
  }
}
