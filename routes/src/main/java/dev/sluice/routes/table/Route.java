package dev.sluice.routes.table;

import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.RoutePredicate;
import dev.sluice.routes.spi.RunningBackend;
import dev.sluice.routes.spi.Waits;
import java.util.List;

/// A running route. Arrays are shared with the hot path and never changed after construction.
///
/// @param filters in route order
/// @param waits of each filter, same indexes
/// @param predicates all but Path and PathSubtree, which the path tree stands for
/// @param backend what the gateway made for the definition's backend
public record Route(
    RouteDefinition definition,
    List<RoutePredicate> predicates,
    Filter[] filters,
    Waits[] waits,
    RunningBackend backend) {

  public String id() {
    return definition.id();
  }
}
