package dev.sluice.routes.source;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.routes.compile.PlacedRoute;
import dev.sluice.routes.compile.RouteBuilder;
import dev.sluice.routes.compile.RouteCompiler;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.source.FeedState.Invalid;
import dev.sluice.routes.table.IndexedTable;
import dev.sluice.routes.table.Route;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A table made of routes as written, with the routes that are not in it.
record RouteLoad(IndexedTable table, List<Invalid> invalid) {

  /// @param routes ids are different
  /// @param problems gets all findings about routes
  static RouteLoad of(
      List<PlacedRoute> routes,
      IndexedTable before,
      RouteFeed.Settings settings,
      RouteCompiler compiler,
      List<Diagnostic> problems) {
    Map<String, Route> known = HashMap.newHashMap(before.routes().size());
    before.routes().forEach(route -> known.put(route.id(), route));
    Map<String, List<Diagnostic>> reasons = new HashMap<>();
    var definitions = new ArrayList<RouteDefinition>(routes.size());
    for (PlacedRoute placed : routes) {
      Route old = known.get(placed.node().id());
      if (old != null && old.definition().node() == placed.node()) {
        definitions.add(old.definition());
        continue;
      }
      var found = new ArrayList<Diagnostic>(0);
      RouteDefinition built = RouteBuilder.route(placed, settings.catalog(), settings.options(), found);
      if (built != null) {
        definitions.add(built);
      } else {
        reasons.put(placed.node().id(), found);
      }
      problems.addAll(found);
    }
    RouteCompiler.Compiled compiled = compiler.compile(definitions, before);
    problems.addAll(compiled.problems());
    for (Diagnostic problem : compiled.problems()) {
      reasons.computeIfAbsent(String.valueOf(problem.routeId()), id -> new ArrayList<>()).add(problem);
    }
    return new RouteLoad(compiled.table(), invalid(routes, reasons));
  }

  private static List<Invalid> invalid(List<PlacedRoute> routes, Map<String, List<Diagnostic>> reasons) {
    if (reasons.isEmpty()) {
      return List.of();
    }
    return routes.stream()
        .filter(placed -> reasons.containsKey(placed.node().id()))
        .map(placed -> new Invalid(placed.node(), placed.source(), reasons.getOrDefault(placed.node().id(), List.of())))
        .toList();
  }
}
