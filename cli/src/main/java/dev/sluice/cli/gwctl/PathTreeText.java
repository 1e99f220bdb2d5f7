package dev.sluice.cli.gwctl;

import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.LanguagePredicate;
import dev.sluice.grammar.PrintStyle;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.RoutePrinter;
import dev.sluice.routes.compile.PlacedRoute;
import dev.sluice.routes.model.PathPattern;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.table.Rank;
import dev.sluice.routes.table.TreePredicate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The path tree for people: a line for each segment, below it the routes that end there, in the order in which they are asked. Routes without a
/// path stand at the end, as they are asked last.
///
/// A route for a subtree stands where the subtree begins; its line says `and below`. Where other routes take a path with a slash at the end, or all the rest,
/// it stands among them too, because they are asked by rank there.
final class PathTreeText {
  private final GatewayRoutes routes;
  private final Map<String, Integer> order = new HashMap<>();
  private final StringBuilder out = new StringBuilder();

  private PathTreeText(GatewayRoutes routes) {
    this.routes = routes;
    routes.definitions().forEach(route -> order.put(route.id(), order.size()));
  }

  /// A segment, with all that is below it.
  private static final class Segment {
    final Map<String, Segment> literals = new TreeMap<>();
    @Nullable Segment wildcard;
    final List<RouteDefinition> exact = new ArrayList<>();
    final List<RouteDefinition> slash = new ArrayList<>();
    final List<RouteDefinition> free = new ArrayList<>();
    final List<RouteDefinition> subtrees = new ArrayList<>();

    Segment child(@Nullable String text) {
      if (text != null) {
        return literals.computeIfAbsent(text, key -> new Segment());
      }
      Segment known = wildcard;
      wildcard = known == null ? new Segment() : known;
      return wildcard;
    }
  }

  static String of(GatewayRoutes routes, boolean ignoreTrailingSlash) {
    var text = new PathTreeText(routes);
    var root = new Segment();
    var pathless = new ArrayList<RouteDefinition>();
    for (RouteDefinition route : routes.definitions()) {
      PathPattern pattern = pattern(route);
      if (pattern == null) {
        pathless.add(route);
      } else {
        add(root, pattern, route, ignoreTrailingSlash);
      }
    }
    text.print(root, "", 0);
    if (!pathless.isEmpty()) {
      text.line(0, "any path, asked last");
      text.print(pathless, List.of(), 1);
    }
    return text.out.toString();
  }

  private static @Nullable PathPattern pattern(RouteDefinition route) {
    return route.predicates().stream()
        .filter(bound -> bound.spec() instanceof TreePredicate)
        .map(bound -> ((TreePredicate) bound.spec()).pattern())
        .findFirst()
        .orElse(null);
  }

  private static void add(Segment root, PathPattern pattern, RouteDefinition route, boolean ignoreTrailingSlash) {
    List<@Nullable String> segments = pattern.segments();
    boolean endsWithSlash = !segments.isEmpty() && "".equals(segments.getLast());
    Segment at = root;
    for (String segment : endsWithSlash ? segments.subList(0, segments.size() - 1) : segments) {
      at = at.child(segment);
    }
    switch (pattern.form()) {
      case EXACT -> (at == root || endsWithSlash && !ignoreTrailingSlash ? at.slash : at.exact).add(route);
      case FREE -> at.free.add(route);
      case SUBTREE -> at.subtrees.add(route);
    }
  }

  private void print(Segment segment, String name, int depth) {
    int below = depth;
    if (!name.isEmpty()) {
      line(depth, "/" + name);
      below = depth + 1;
      print(segment.exact, segment.subtrees, below);
    }
    if (!segment.slash.isEmpty() || name.isEmpty() && !segment.subtrees.isEmpty()) {
      line(below, "/");
      print(segment.slash, segment.subtrees, below + 1);
    }
    for (var child : segment.literals.entrySet()) {
      print(child.getValue(), child.getKey(), below);
    }
    if (segment.wildcard != null) {
      print(segment.wildcard, ":", below);
    }
    if (!segment.free.isEmpty()) {
      line(below, "/*");
      print(segment.free, segment.subtrees, below + 1);
    }
  }

  private void print(List<RouteDefinition> own, List<RouteDefinition> subtrees, int depth) {
    var all = new ArrayList<RouteDefinition>(own);
    all.addAll(subtrees);
    all.sort(Comparator.comparingInt((RouteDefinition route) -> -Rank.of(route)).thenComparingInt(route -> order.getOrDefault(route.id(), 0)));
    for (RouteDefinition route : all) {
      PlacedRoute written = routes.written(route.id());
      line(depth, LookupText.name(written) + (isSubtree(route) ? " and below: " : ": ") + withoutPath(written.node())
          + (all.size() > 1 ? "  rank " + Rank.of(route) : ""));
    }
  }

  private static boolean isSubtree(RouteDefinition route) {
    PathPattern pattern = pattern(route);
    return pattern != null && pattern.form() == PathPattern.Form.SUBTREE;
  }

  /// Predicates but those of the path, and the backend.
  private static String withoutPath(RouteNode node) {
    List<CallNode> predicates = node.predicates().stream()
        .filter(call -> !call.name().equals(LanguagePredicate.PATH.text()) && !call.name().equals("PathSubtree"))
        .toList();
    var bare = new RouteNode(node.id(), node.idSpan(), predicates, List.of(), node.backend(), node.span());
    return RoutePrinter.expression(bare, PrintStyle.PLAIN);
  }

  private void line(int depth, String text) {
    out.append("  ".repeat(depth)).append(text).append('\n');
  }
}
