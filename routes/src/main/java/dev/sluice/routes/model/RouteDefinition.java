package dev.sluice.routes.model;

import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.PredicateSpec;
import java.util.List;

/// A route whose names, arguments and backend are known to be right.
public record RouteDefinition(
    String id,
    List<BoundCall<PredicateSpec>> predicates,
    List<BoundCall<FilterSpec>> filters,
    Backend backend,
    RouteOrigin origin) {
  public RouteDefinition {
    predicates = List.copyOf(predicates);
    filters = List.copyOf(filters);
  }

  /// The route after pre-processing, for printing. May be read anew for each call.
  public RouteNode node() {
    return origin.node();
  }

  /// Where it was written.
  public SourceText source() {
    return origin.source();
  }

  /// A predicate as written.
  public CallNode predicateCall(BoundCall<PredicateSpec> bound) {
    return node().predicates().get(bound.index());
  }

  /// A filter as written.
  public CallNode filterCall(BoundCall<FilterSpec> bound) {
    return node().filters().get(bound.index());
  }
}
