package dev.sluice.routes.model;

import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.PredicateSpec;
import java.util.List;

/// A route whose names, arguments and backend are known to be right.
///
/// @param node the route after pre-processing, for printing
/// @param source where it was written
public record RouteDefinition(
    String id,
    List<BoundCall<PredicateSpec>> predicates,
    List<BoundCall<FilterSpec>> filters,
    Backend backend,
    RouteNode node,
    SourceText source) {
  public RouteDefinition {
    predicates = List.copyOf(predicates);
    filters = List.copyOf(filters);
  }
}
