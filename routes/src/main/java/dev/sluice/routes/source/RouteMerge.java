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
    Map<String, PlacedRoute> last = HashMap.newHashMap(routes.size());
    routes.forEach(route -> last.put(route.node().id(), route));
    if (last.size() == routes.size()) {
      return routes;
    }
    var kept = new ArrayList<PlacedRoute>(last.size());
    for (PlacedRoute route : routes) {
      PlacedRoute winner = last.get(route.node().id());
      if (winner == route) {
        kept.add(route);
      } else if (winner != null) {
        problems.add(repeated(route, winner));
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
