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

  /// Applies all of it. Routes that nothing applies to stay the same objects.
  ///
  /// @param problems gets what could not be done
  public List<PlacedRoute> apply(List<PlacedRoute> routes, List<Diagnostic> problems) {
    List<PlacedRoute> result = withDefaults(routes);
    for (EditRule rule : clones) {
      result = withClones(rule, result, problems);
    }
    for (EditRule rule : edits) {
      result = edited(rule, result, problems);
    }
    return forwarded(result);
  }

  private List<PlacedRoute> withDefaults(List<PlacedRoute> routes) {
    if (prepend.isEmpty() && append.isEmpty()) {
      return routes;
    }
    return routes.stream().map(route -> {
      var filters = new ArrayList<>(prepend);
      filters.addAll(route.node().filters());
      filters.addAll(append);
      return new PlacedRoute(with(route.node(), filters, route.node().backend()), route.source(), defaults);
    }).toList();
  }

  private static List<PlacedRoute> withClones(EditRule rule, List<PlacedRoute> routes, List<Diagnostic> problems) {
    var result = new ArrayList<>(routes);
    for (PlacedRoute route : routes) {
      PlacedRoute changed = rule.apply(route, problems);
      if (changed != null) {
        RouteNode node = changed.node();
        result.add(changed.with(new RouteNode(
            "clone_" + node.id(), node.idSpan(), node.predicates(), node.filters(), node.backend(), node.span())));
      }
    }
    return result;
  }

  private static List<PlacedRoute> edited(EditRule rule, List<PlacedRoute> routes, List<Diagnostic> problems) {
    return routes.stream().map(route -> {
      PlacedRoute changed = rule.apply(route, problems);
      return changed == null ? route : changed;
    }).toList();
  }

  private List<PlacedRoute> forwarded(List<PlacedRoute> routes) {
    String address = forwardBackend;
    if (address == null) {
      return routes;
    }
    return routes.stream()
        .map(route -> route.node().backend() instanceof BackendNode.Forward forward
            ? route.with(with(route.node(), List.of(), new BackendNode.Network(address, forward.span())))
            : route)
        .toList();
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
