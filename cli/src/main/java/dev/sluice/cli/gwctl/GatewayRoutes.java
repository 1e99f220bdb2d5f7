package dev.sluice.cli.gwctl;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.RouteFlags;
import dev.sluice.proxy.server.GatewaySettings;
import dev.sluice.routes.compile.PlacedRoute;
import dev.sluice.routes.compile.PreProcessing;
import dev.sluice.routes.compile.RouteBuilder;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.source.RouteMerge;
import dev.sluice.routes.spi.ArgumentProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The routes that a gateway makes of texts: put together, changed as its flags say, without those that it would leave out.
///
/// @param definitions in order
/// @param placed each of them as written or changed, by id
/// @param problems why others are left out, and warnings
record GatewayRoutes(List<RouteDefinition> definitions, Map<String, PlacedRoute> placed, List<Diagnostic> problems) {

  /// @param forwards whether `<forward>` is right also when the settings have no address for it
  static GatewayRoutes of(Texts texts, GatewaySettings settings, Catalog catalog, boolean forwards) throws UsageProblem {
    var problems = new ArrayList<Diagnostic>();
    List<PlacedRoute> merged = RouteMerge.of(texts.files(), problems);
    List<PlacedRoute> changed = RouteMerge.withoutRepeated(preProcessing(settings).apply(merged, problems), problems);
    var options = settings.routeOptions().withForwards(forwards);
    var definitions = new ArrayList<RouteDefinition>(changed.size());
    Map<String, PlacedRoute> placed = LinkedHashMap.newLinkedHashMap(changed.size());
    for (PlacedRoute route : changed) {
      RouteDefinition built = RouteBuilder.route(route, catalog, options, problems);
      if (built != null) {
        definitions.add(built);
        placed.put(route.node().id(), route);
      }
    }
    return new GatewayRoutes(definitions, placed, problems);
  }

  boolean ok() {
    return problems.stream().noneMatch(Diagnostic::isError);
  }

  /// The route as written or changed.
  PlacedRoute written(String id) {
    PlacedRoute route = placed.get(id);
    if (route == null) {
      throw new IllegalArgumentException(id);
    }
    return route;
  }

  /// The route with its filters.
  RouteDefinition definition(String id) {
    return definitions.stream().filter(each -> each.id().equals(id)).findFirst().orElseThrow(() -> new IllegalArgumentException(id));
  }

  /// What the settings do to routes.
  ///
  /// @throws UsageProblem when one of them is wrong
  static PreProcessing preProcessing(GatewaySettings settings) throws UsageProblem {
    String forward = settings.get(BackendFlags.FORWARD_BACKEND_URL);
    try {
      return PreProcessing.of(settings.get(RouteFlags.DEFAULT_FILTERS_PREPEND), settings.get(RouteFlags.DEFAULT_FILTERS_APPEND),
          settings.get(RouteFlags.CLONE_ROUTE), settings.get(RouteFlags.EDIT_ROUTE), forward.isEmpty() ? null : forward);
    } catch (ArgumentProblem e) {
      throw UsageProblem.usage(String.valueOf(e.getMessage()), "write it as for the gateway: ./gateway -help lists its flags");
    }
  }
}
