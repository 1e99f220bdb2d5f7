package dev.sluice.routes.compile;

import dev.sluice.grammar.BackendNode;
import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.ParseResult;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.spi.ArgumentProblem;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What the gateway's flags do to all routes, before they are built: default filters, then clones, then edits, then the address
/// of `<forward>`. Immutable.
public final class PreProcessing {
  /// Changes nothing.
  public static final PreProcessing NONE = of(List.of(), List.of(), List.of(), List.of(), null);

  private final List<CallNode> prepend;
  private final List<CallNode> append;
  private final Map<CallNode, SourceText> defaults;
  private final List<EditRule> clones;
  private final List<EditRule> edits;
  private final @Nullable String forwardBackend;

  private PreProcessing(
      List<CallNode> prepend,
      List<CallNode> append,
      Map<CallNode, SourceText> defaults,
      List<EditRule> clones,
      List<EditRule> edits,
      @Nullable String forwardBackend) {
    this.prepend = prepend;
    this.append = append;
    this.defaults = defaults;
    this.clones = clones;
    this.edits = edits;
    this.forwardBackend = forwardBackend;
  }

  /// @param prepend filter chains to stand before each route's own
  /// @param append filter chains to stand behind
  /// @param clones values of `-clone-route`
  /// @param edits values of `-edit-route`
  /// @param forwardBackend address for `<forward>`, or null
  /// @throws ArgumentProblem when one cannot be read; the message names the flag
  public static PreProcessing of(
      List<String> prepend, List<String> append, List<String> clones, List<String> edits, @Nullable String forwardBackend) {
    Map<CallNode, SourceText> defaults = new IdentityHashMap<>();
    List<CallNode> before = chains("-default-filters-prepend", prepend, defaults);
    List<CallNode> after = chains("-default-filters-append", append, defaults);
    if (forwardBackend != null) {
      try {
        Addresses.network(forwardBackend);
      } catch (ArgumentProblem problem) {
        throw new ArgumentProblem("-forward-backend-url: address \"" + forwardBackend + "\" " + problem.getMessage());
      }
    }
    return new PreProcessing(
        before, after, defaults, rules("-clone-route", clones), rules("-edit-route", edits), forwardBackend);
  }

  /// What became of a route.
  ///
  /// @param generation 0 for the route itself; its clones have higher ones. Those of one generation stand together, behind the lower ones
  public record Variant(long generation, PlacedRoute route) {}

  /// Whether it leaves all routes as they are.
  public boolean changesNothing() {
    return prepend.isEmpty() && append.isEmpty() && clones.isEmpty() && edits.isEmpty() && forwardBackend == null;
  }

  /// Applies all of it. Routes that nothing applies to stay the same objects.
  ///
  /// @param problems gets what could not be done
  public List<PlacedRoute> apply(List<PlacedRoute> routes, List<Diagnostic> problems) {
    if (changesNothing()) {
      return routes;
    }
    Map<Long, List<PlacedRoute>> generations = new TreeMap<>();
    for (PlacedRoute route : routes) {
      for (Variant variant : apply(route, problems)) {
        generations.computeIfAbsent(variant.generation, generation -> new ArrayList<>()).add(variant.route);
      }
    }
    return generations.values().stream().flatMap(List::stream).toList();
  }

  /// The route, and its clones if any.
  ///
  /// @param problems gets what could not be done
  public List<Variant> apply(PlacedRoute route, List<Diagnostic> problems) {
    var variants = new ArrayList<Variant>(1);
    variants.add(new Variant(0, withDefaults(route)));
    for (int i = 0; i < clones.size(); i++) {
      for (Variant variant : List.copyOf(variants)) {
        PlacedRoute changed = clones.get(i).apply(variant.route, problems);
        if (changed != null) {
          String id = cloneId(variant.route.node().id(), variants);
          variants.add(new Variant(variant.generation | 1L << Math.min(i, 62), changed.with(withId(changed.node(), id))));
        }
      }
    }
    variants.replaceAll(variant -> new Variant(variant.generation, forwarded(edited(variant.route, problems))));
    return variants;
  }

  private PlacedRoute withDefaults(PlacedRoute route) {
    if (prepend.isEmpty() && append.isEmpty()) {
      return route;
    }
    var filters = new ArrayList<>(prepend);
    filters.addAll(route.node().filters());
    filters.addAll(append);
    return new PlacedRoute(with(route.node(), filters, route.node().backend()), route.source(), defaults);
  }

  /// `clone_` and the id; with a number when another rule has cloned the route already. Skipper gives both the same id.
  private static String cloneId(String id, List<Variant> variants) {
    String wanted = "clone_" + id;
    String free = wanted;
    for (int i = 2; isTaken(free, variants); i++) {
      free = wanted + "_" + i;
    }
    return free;
  }

  private static boolean isTaken(String id, List<Variant> variants) {
    return variants.stream().anyMatch(variant -> variant.route.node().id().equals(id));
  }

  private static RouteNode withId(RouteNode node, String id) {
    return new RouteNode(id, node.idSpan(), node.predicates(), node.filters(), node.backend(), node.span());
  }

  private PlacedRoute edited(PlacedRoute route, List<Diagnostic> problems) {
    PlacedRoute result = route;
    for (EditRule rule : edits) {
      PlacedRoute changed = rule.apply(result, problems);
      result = changed == null ? result : changed;
    }
    return result;
  }

  private PlacedRoute forwarded(PlacedRoute route) {
    String address = forwardBackend;
    return address != null && route.node().backend() instanceof BackendNode.Forward forward
        ? route.with(with(route.node(), List.of(), new BackendNode.Network(address, forward.span())))
        : route;
  }

  private static RouteNode with(RouteNode node, List<CallNode> filters, BackendNode backend) {
    return new RouteNode(node.id(), node.idSpan(), node.predicates(), filters, backend, node.span());
  }

  private static List<CallNode> chains(String flag, List<String> chains, Map<CallNode, SourceText> sources) {
    var calls = new ArrayList<CallNode>();
    for (String chain : chains) {
      var source = SourceText.of(flag, chain);
      ParseResult.Calls read = RouteParser.filters(source);
      if (!read.ok()) {
        Diagnostic first = read.diagnostics().getFirst();
        throw new ArgumentProblem(flag + ": failed to parse default filters: column " + source.column(first.span().start()) + ": "
            + first.message());
      }
      read.calls().forEach(call -> sources.put(call, source));
      calls.addAll(read.calls());
    }
    return List.copyOf(calls);
  }

  private static List<EditRule> rules(String flag, List<String> texts) {
    var rules = new ArrayList<EditRule>();
    for (String text : texts) {
      try {
        rules.add(EditRule.parse(flag, text));
      } catch (ArgumentProblem problem) {
        throw new ArgumentProblem(flag + ": " + problem.getMessage());
      }
    }
    return List.copyOf(rules);
  }
}
