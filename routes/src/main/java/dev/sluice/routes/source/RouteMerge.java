package dev.sluice.routes.source;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.Diagnostic.Label;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.SyntaxCode;
import dev.sluice.grammar.SyntaxFile;
import dev.sluice.routes.compile.PlacedRoute;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Puts the routes of several texts together. Of routes with one id the last counts, in a text as over texts, even when it turns
/// out to be invalid; a warning names both places.
public final class RouteMerge {
  private RouteMerge() {}

  /// @param files in order of precedence: later ones count
  public static List<PlacedRoute> of(List<SyntaxFile> files, List<Diagnostic> problems) {
    var all = new ArrayList<PlacedRoute>();
    files.forEach(file -> all.addAll(PlacedRoute.of(file)));
    return withoutRepeated(all, problems);
  }

  /// Leaves out all but the last of routes with one id.
  ///
  /// @param problems gets a warning for each that does not count
  public static List<PlacedRoute> withoutRepeated(List<PlacedRoute> routes, List<Diagnostic> problems) {
    return withoutRepeated(routes, route -> route.node().id(), route -> route, problems);
  }

  /// @param placed asked for those of which there are several, and only then
  static <R> List<R> withoutRepeated(
      List<R> routes, Function<R, String> id, Function<R, PlacedRoute> placed, List<Diagnostic> problems) {
    Map<String, R> last = HashMap.newHashMap(routes.size());
    routes.forEach(route -> last.put(id.apply(route), route));
    if (last.size() == routes.size()) {
      return routes;
    }
    var kept = new ArrayList<R>(last.size());
    for (R route : routes) {
      R winner = last.get(id.apply(route));
      if (winner == route) {
        kept.add(route);
      } else if (winner != null) {
        problems.add(repeated(placed.apply(route), placed.apply(winner)));
      }
    }
    return kept;
  }

  private static Diagnostic repeated(PlacedRoute route, PlacedRoute winner) {
    RouteNode node = route.node();
    String where = route.source() == winner.source() ? "further down" : "in " + winner.source().name();
    return Diagnostic.warning(SyntaxCode.REPEATED_ID, route.source(), node.idSpan(),
            "route \"" + node.id() + "\" does not count: there is another of this id " + where)
        .inRoute(node.id())
        .withLabels(new Label(winner.source(), winner.node().idSpan(), "this one counts"))
        .withHelp("give one of them another id");
  }
}
