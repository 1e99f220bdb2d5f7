package dev.sluice.routes.source;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.routes.compile.PlacedRoute;
import dev.sluice.routes.compile.RouteCompiler;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.source.FeedState.Invalid;
import dev.sluice.routes.source.TextRoute.MadeRoute;
import dev.sluice.routes.table.IndexedTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// A table made of routes as written, with the routes that are not in it.
record RouteLoad(IndexedTable table, List<Invalid> invalid) {

  /// @param routes ids are different; those that were made before are not made again
  /// @param problems gets all findings about routes
  static RouteLoad of(
      List<TextRoute> routes, IndexedTable before, RouteMaker maker, RouteCompiler compiler, List<Diagnostic> problems) {
    var definitions = new ArrayList<RouteDefinition>(routes.size());
    var invalid = new ArrayList<Invalid>();
    if (hasClones(routes, maker)) {
      for (MadeRoute made : withClones(routes, problems)) {
        take(made, definitions, invalid, problems);
      }
    } else {
      for (TextRoute route : routes) {
        RouteDefinition plain = route.plain();
        if (plain != null) {
          definitions.add(plain);
        } else {
          take(route.made().getFirst(), definitions, invalid, problems);
        }
      }
    }
    RouteCompiler.Compiled compiled = compiler.compile(definitions, before);
    problems.addAll(compiled.problems());
    addFailed(compiled.problems(), definitions, invalid);
    return new RouteLoad(compiled.table(), invalid);
  }

  private static boolean hasClones(List<TextRoute> routes, RouteMaker maker) {
    boolean clones = false;
    for (TextRoute route : routes) {
      maker.make(route);
      clones |= route.made().size() > 1;
    }
    return clones;
  }

  /// Clones stand behind all that they are clones of. One with the id of a written route takes its place.
  private static List<MadeRoute> withClones(List<TextRoute> routes, List<Diagnostic> problems) {
    Map<Long, List<MadeRoute>> generations = new TreeMap<>();
    for (TextRoute route : routes) {
      RouteDefinition plain = route.plain();
      List<MadeRoute> made = plain == null ? route.made() : List.of(new MadeRoute(0, route.id(), route, plain, List.of()));
      for (MadeRoute each : made) {
        generations.computeIfAbsent(each.generation(), generation -> new ArrayList<>()).add(each);
      }
    }
    List<MadeRoute> all = generations.values().stream().flatMap(List::stream).toList();
    return RouteMerge.withoutRepeated(
        all, MadeRoute::id, each -> new PlacedRoute(each.origin().node(), each.origin().source()), problems);
  }

  private static void take(
      MadeRoute made, List<RouteDefinition> definitions, List<Invalid> invalid, List<Diagnostic> problems) {
    problems.addAll(made.problems());
    RouteDefinition definition = made.definition();
    if (definition != null) {
      definitions.add(definition);
    } else {
      invalid.add(new Invalid(made.origin().node(), made.origin().source(), made.problems()));
    }
  }

  /// Routes that could not be made to run.
  private static void addFailed(List<Diagnostic> problems, List<RouteDefinition> definitions, List<Invalid> invalid) {
    if (problems.isEmpty()) {
      return;
    }
    Map<String, List<Diagnostic>> reasons = new LinkedHashMap<>();
    problems.forEach(each -> reasons.computeIfAbsent(String.valueOf(each.routeId()), id -> new ArrayList<>()).add(each));
    Map<String, RouteDefinition> byId = new HashMap<>();
    definitions.stream().filter(each -> reasons.containsKey(each.id())).forEach(each -> byId.put(each.id(), each));
    reasons.forEach((id, found) -> {
      if (byId.get(id) instanceof RouteDefinition failed) {
        invalid.add(new Invalid(failed.node(), failed.source(), found));
      }
    });
  }
}
