package dev.sluice.routes.source;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.compile.PlacedRoute;
import dev.sluice.routes.compile.PreProcessing;
import dev.sluice.routes.compile.PreProcessing.Variant;
import dev.sluice.routes.compile.RouteBuilder;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.model.BoundCall;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.model.RouteOrigin;
import dev.sluice.routes.source.TextRoute.MadeRoute;
import java.util.ArrayList;
import java.util.List;

/// Makes definitions of routes as written. Equal calls and backends of different routes become one: of a hundred thousand routes most
/// say `Method("GET")`. Used by the feed's thread only.
final class RouteMaker {
  private static final int KEPT = 4096;

  private final Catalog catalog;
  private final PreProcessing preProcessing;
  private final RouteBuilder.Options options;
  private final Object[] calls = new Object[KEPT];
  private final Object[] backends = new Object[KEPT];

  RouteMaker(Catalog catalog, PreProcessing preProcessing, RouteBuilder.Options options) {
    this.catalog = catalog;
    this.preProcessing = preProcessing;
    this.options = options;
  }

  /// The node after pre-processing, made anew when it is asked for.
  private record Changed(TextRoute route, PreProcessing preProcessing, long generation) implements RouteOrigin {
    @Override
    public RouteNode node() {
      return preProcessing.apply(route.placed(), new ArrayList<>()).stream()
          .filter(variant -> variant.generation() == generation)
          .findFirst().orElseThrow().route().node();
    }

    @Override
    public SourceText source() {
      return route.source();
    }
  }

  /// Makes what is not made yet.
  void make(TextRoute route) {
    if (route.isMade()) {
      return;
    }
    var made = new ArrayList<MadeRoute>(1);
    if (preProcessing.changesNothing()) {
      made.add(made(0, route.placed(), route, new ArrayList<>(0)));
    } else {
      var problems = new ArrayList<Diagnostic>(0);
      List<Variant> variants = preProcessing.apply(route.placed(), problems);
      for (Variant each : variants) {
        var origin = new Changed(route, preProcessing, each.generation());
        made.add(made(each.generation(), each.route(), origin, each.generation() == 0 ? problems : new ArrayList<>(0)));
      }
    }
    route.made(made);
  }

  private MadeRoute made(long generation, PlacedRoute placed, RouteOrigin origin, List<Diagnostic> problems) {
    RouteDefinition built = RouteBuilder.route(placed, origin, catalog, options, problems);
    return new MadeRoute(generation, placed.node().id(), origin, built == null ? null : shared(built), problems);
  }

  private RouteDefinition shared(RouteDefinition route) {
    return new RouteDefinition(
        route.id(), shared(route.predicates()), shared(route.filters()), shared(route.backend(), backends), route.origin());
  }

  private <S> List<BoundCall<S>> shared(List<BoundCall<S>> bound) {
    return bound.stream().map(call -> shared(call, calls)).toList();
  }

  @SuppressWarnings("unchecked") // what is equal is of the same class, and so is what it is made of
  private static <T> T shared(T value, Object[] known) {
    int hash = value.hashCode();
    int slot = (hash ^ hash >>> 16) & KEPT - 1;
    if (value.equals(known[slot])) {
      return (T) known[slot];
    }
    known[slot] = value;
    return value;
  }
}
