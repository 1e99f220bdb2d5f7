package dev.sluice.routes.compile;

import dev.sluice.grammar.BackendNode;
import dev.sluice.grammar.BackendNode.EndpointNode;
import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.DiagnosticCode;
import dev.sluice.grammar.LanguagePredicate;
import dev.sluice.grammar.LiteralNode;
import dev.sluice.grammar.SourceText;
import dev.sluice.grammar.Span;
import dev.sluice.grammar.SyntaxFile;
import dev.sluice.routes.args.EnvironmentText;
import dev.sluice.routes.declare.ArgumentBinder;
import dev.sluice.routes.declare.ArgumentCode;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.declare.CatalogEntry;
import dev.sluice.routes.declare.CatalogEntry.Kind;
import dev.sluice.routes.declare.Suggestions;
import dev.sluice.routes.model.Backend;
import dev.sluice.routes.model.BoundCall;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.model.RouteOrigin;
import dev.sluice.routes.predicate.Header;
import dev.sluice.routes.predicate.Method;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.PredicateSpec;
import dev.sluice.routes.table.TreePredicate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Makes route definitions of syntax trees: names are looked up, arguments bound, addresses read. Reports everything that is
/// wrong, not only the first; a route with a problem is left out, the others are not touched by it. No side effects.
public final class RouteBuilder {
  private static final String DEFAULT_ALGORITHM = "roundRobin";

  private final Catalog catalog;
  private final Options options;
  private final PlacedRoute route;
  private final List<Diagnostic> problems;
  private final RouteOrigin origin;
  private boolean failed;

  private RouteBuilder(PlacedRoute route, RouteOrigin origin, Catalog catalog, Options options, List<Diagnostic> problems) {
    this.route = route;
    this.origin = origin;
    this.catalog = catalog;
    this.options = options;
    this.problems = problems;
  }

  /// @param disabledFilters names of filters that routes must not use
  /// @param variables what `${env.NAME}` in strings stands for; null when it stands for itself
  /// @param forwards whether `<forward>` is right as it stands, for who never calls it; else it has to have got its address before
  public record Options(Set<String> disabledFilters, @Nullable Map<String, String> variables, boolean forwards) {
    public static final Options NONE = new Options(Set.of());

    public Options {
      disabledFilters = Set.copyOf(disabledFilters);
      variables = variables == null ? null : Map.copyOf(variables);
    }

    public Options(Set<String> disabledFilters, @Nullable Map<String, String> variables) {
      this(disabledFilters, variables, false);
    }

    public Options(Set<String> disabledFilters) {
      this(disabledFilters, null);
    }

    public Options withForwards(boolean right) {
      return new Options(disabledFilters, variables, right);
    }
  }

  /// @param routes those without an error, in order
  public record Built(List<RouteDefinition> routes, List<Diagnostic> problems) {
    public Built {
      routes = List.copyOf(routes);
      problems = List.copyOf(problems);
    }
  }

  /// Builds all routes of a text, repeated ids included.
  public static Built build(SyntaxFile file, Catalog catalog, Options options) {
    return build(PlacedRoute.of(file), catalog, options);
  }

  public static Built build(List<PlacedRoute> placed, Catalog catalog, Options options) {
    var routes = new ArrayList<RouteDefinition>(placed.size());
    var problems = new ArrayList<Diagnostic>();
    for (PlacedRoute each : placed) {
      RouteDefinition built = route(each, catalog, options, problems);
      if (built != null) {
        routes.add(built);
      }
    }
    return new Built(routes, problems);
  }

  /// One route, or null with errors added to `problems`; warnings may be added in either case.
  public static @Nullable RouteDefinition route(
      PlacedRoute route, Catalog catalog, Options options, List<Diagnostic> problems) {
    return route(route, RouteOrigin.of(route.node(), route.source()), catalog, options, problems);
  }

  /// @param origin what the definition knows of the route as written
  public static @Nullable RouteDefinition route(
      PlacedRoute route, RouteOrigin origin, Catalog catalog, Options options, List<Diagnostic> problems) {
    return new RouteBuilder(route, origin, catalog, options, problems).build();
  }

  private @Nullable RouteDefinition build() {
    List<BoundCall<PredicateSpec>> predicates = predicates();
    List<BoundCall<FilterSpec>> filters = filters();
    Backend backend = backend(route.node().backend());
    return failed || backend == null
        ? null
        : new RouteDefinition(route.node().id(), predicates, filters, backend, origin);
  }

  private List<BoundCall<PredicateSpec>> predicates() {
    var bound = new ArrayList<BoundCall<PredicateSpec>>(route.node().predicates().size());
    List<CallNode> calls = route.node().predicates();
    for (int i = 0; i < calls.size(); i++) {
      CallNode call = calls.get(i);
      if (LanguagePredicate.matchesEverything(call)) {
        if (!call.arguments().isEmpty()) {
          report(ArgumentCode.ARGUMENT_COUNT, call, call.span(), call.name() + " takes no arguments", "write *");
        }
      } else if (bind(Kind.PREDICATE, call) instanceof PredicateSpec spec) {
        checkRepeated(bound, spec, call);
        bound.add(new BoundCall<>(spec, call.name(), i));
      }
    }
    return bound;
  }

  private List<BoundCall<FilterSpec>> filters() {
    var bound = new ArrayList<BoundCall<FilterSpec>>(route.node().filters().size());
    List<CallNode> calls = route.node().filters();
    for (int i = 0; i < calls.size(); i++) {
      CallNode call = calls.get(i);
      if (bind(Kind.FILTER, call) instanceof FilterSpec spec) {
        CatalogEntry entry = catalog.filter(call.name());
        if (entry != null && entry.lastOneCounts()) {
          bound.removeIf(earlier -> catalog.filter(earlier.name()) == entry);
        }
        bound.add(new BoundCall<>(spec, call.name(), i));
      }
    }
    return bound;
  }

  private @Nullable Object bind(Kind kind, CallNode call) {
    CatalogEntry entry = catalog.find(kind, call.name());
    if (entry == null) {
      reportUnknown(kind, call);
      return null;
    }
    if (kind == Kind.FILTER && isDisabled(call, entry)) {
      report(RouteCode.FILTER_SWITCHED_OFF, call, call.nameSpan(), "filter \"" + call.name() + "\" is switched off here",
          "remove it, or take it out of -disabled-filters");
      return null;
    }
    var found = new ArrayList<Diagnostic>(0);
    CallNode expanded = expanded(call);
    Object spec = expanded == null ? null : ArgumentBinder.bind(entry, expanded, route.sourceOf(call), found);
    for (Diagnostic problem : found) {
      add(problem);
    }
    return spec;
  }

  /// The call with its strings expanded, or null when that is not possible.
  private @Nullable CallNode expanded(CallNode call) {
    boolean plain = options.variables == null
        || call.arguments().stream().noneMatch(each -> each instanceof LiteralNode.Text text && EnvironmentText.has(text.value()));
    if (plain) {
      return call;
    }
    var arguments = new ArrayList<LiteralNode>(call.arguments().size());
    for (LiteralNode argument : call.arguments()) {
      switch (argument) {
        case LiteralNode.Number number -> arguments.add(number);
        case LiteralNode.Text(var value, var form, var span) -> {
          String text = expanded(value, route.sourceOf(call), span);
          if (text == null) {
            return null;
          }
          arguments.add(new LiteralNode.Text(text, form, span));
        }
      }
    }
    return new CallNode(call.name(), arguments, call.nameSpan(), call.span());
  }

  private @Nullable String expanded(String text, SourceText source, Span span) {
    Map<String, String> variables = options.variables;
    try {
      return variables == null ? text : EnvironmentText.expand(text, variables);
    } catch (ArgumentProblem problem) {
      add(Diagnostic.error(RouteCode.VARIABLE_NOT_SET, source, span, String.valueOf(problem.getMessage()))
          .withHelp("set it, or write ${env.NAME:-DEFAULT}"));
      return null;
    }
  }

  private boolean isDisabled(CallNode call, CatalogEntry entry) {
    return options.disabledFilters.contains(call.name()) || options.disabledFilters.contains(entry.name());
  }

  private void reportUnknown(Kind kind, CallNode call) {
    boolean filter = kind == Kind.FILTER;
    String message = "unknown " + (filter ? "filter" : "predicate") + " \"" + call.name() + "\"";
    var code = filter ? ArgumentCode.UNKNOWN_FILTER : ArgumentCode.UNKNOWN_PREDICATE;
    if (catalog.find(filter ? Kind.PREDICATE : Kind.FILTER, call.name()) != null) {
      String help = filter
          ? "move it before the first ->: predicates are joined by &&"
          : "move it behind a ->: \"" + call.name() + "\" is a filter";
      report(code, call, call.nameSpan(), message + ": it is a " + (filter ? "predicate" : "filter"), help);
    } else {
      report(code, call, call.nameSpan(), message, suggestion(kind, call.name(), catalog.names(kind)));
    }
  }

  private @Nullable String suggestion(Kind kind, String name, Collection<String> candidates) {
    String closest = Suggestions.closest(name, candidates);
    CatalogEntry entry = closest == null ? null : catalog.find(kind, closest);
    boolean called = entry != null && entry.name().equals(closest) && kind != Kind.ALGORITHM;
    return entry == null ? null : "did you mean " + (called ? entry.signature() : closest) + "?";
  }

  private void checkRepeated(List<BoundCall<PredicateSpec>> before, PredicateSpec spec, CallNode call) {
    for (BoundCall<PredicateSpec> earlier : before) {
      if (spec instanceof TreePredicate && earlier.spec() instanceof TreePredicate) {
        reportRepeated(RouteCode.SEVERAL_PATHS, call(earlier), call, "a route has one path, but there is a second",
            "keep one, or write a route for each path");
        return;
      }
      boolean header = spec instanceof Header(var name, var _)
          && earlier.spec() instanceof Header(var other, var _)
          && name.equals(other);
      if (header || spec instanceof Method && earlier.spec() instanceof Method) {
        reportRepeated(RouteCode.REPEATED_PREDICATE, call(earlier), call, "repeated predicate \"" + call.name() + "\"",
            header ? "keep one, or use HeaderRegexp, which may be repeated" : "keep one, or use Methods(\"GET\", \"HEAD\")");
        return;
      }
    }
  }

  private CallNode call(BoundCall<PredicateSpec> bound) {
    return route.node().predicates().get(bound.index());
  }

  private void reportRepeated(RouteCode code, CallNode earlier, CallNode call, String message, String help) {
    add(Diagnostic.error(code, route.sourceOf(call), call.span(), message)
        .withLabels(new Diagnostic.Label(route.sourceOf(earlier), earlier.span(), "first here"))
        .withHelp(help));
  }

  private @Nullable Backend backend(BackendNode node) {
    return switch (node) {
      case BackendNode.Shunt _ -> new Backend.ShuntBackend();
      case BackendNode.Loopback _ -> new Backend.LoopbackBackend();
      case BackendNode.Dynamic _ -> new Backend.DynamicBackend();
      case BackendNode.Forward _ when options.forwards -> new Backend.ShuntBackend();
      case BackendNode.Forward forward -> {
        add(Diagnostic.error(RouteCode.FORWARD_WITHOUT_ADDRESS, route.source(), forward.span(),
            "<forward> has no address to go to").withHelp("give the gateway one by -forward-backend-url"));
        yield null;
      }
      case BackendNode.Network network -> {
        Endpoint endpoint = endpoint(network.address(), network.span(), false);
        yield endpoint == null ? null : new Backend.NetworkBackend(endpoint);
      }
      case BackendNode.Balanced balanced -> balanced(balanced);
    };
  }

  private @Nullable Backend balanced(BackendNode.Balanced node) {
    String algorithm = node.algorithm();
    Span span = node.algorithmSpan();
    CatalogEntry entry = algorithm == null ? null : catalog.algorithm(algorithm);
    if (algorithm != null && span != null) {
      if (entry == null) {
        String message = "unknown balancing algorithm \"" + algorithm + "\"";
        add(Diagnostic.error(ArgumentCode.UNKNOWN_ALGORITHM, route.source(), span, message)
            .withHelp(suggestion(Kind.ALGORITHM, algorithm, catalog.names(Kind.ALGORITHM))));
      } else {
        algorithm = entry.name();
      }
    }
    var endpoints = new ArrayList<Endpoint>(node.endpoints().size());
    for (EndpointNode each : node.endpoints()) {
      Endpoint endpoint = endpoint(each.address(), each.span(), true);
      if (endpoint != null) {
        endpoints.add(endpoint);
      }
    }
    if (entry != null && span != null) {
      weigh(entry, endpoints, span);
    }
    return new Backend.BalancedBackend(algorithm == null ? DEFAULT_ALGORITHM : algorithm, endpoints);
  }

  private void weigh(CatalogEntry algorithm, List<Endpoint> endpoints, Span span) {
    long sum = endpoints.stream().mapToLong(Endpoint::weight).sum();
    if (sum > algorithm.mostWeight()) {
      String message = algorithm.name() + " takes weights of at most " + algorithm.mostWeight() + " in all, but these are " + sum;
      add(Diagnostic.error(RouteCode.TOO_MUCH_WEIGHT, route.source(), span, message).withHelp("divide each weight by the same number"));
    }
  }

  private @Nullable Endpoint endpoint(String written, Span span, boolean balanced) {
    String text = expanded(written, route.source(), span);
    if (text == null) {
      return null;
    }
    try {
      return balanced ? Addresses.balanced(text) : Addresses.network(text);
    } catch (ArgumentProblem problem) {
      add(Diagnostic.error(RouteCode.BAD_ADDRESS, route.source(), span, "address \"" + written + "\" " + problem.getMessage())
          .withHelp(Addresses.help(written)));
      return null;
    }
  }

  private void report(DiagnosticCode code, CallNode call, Span span, String message, @Nullable String help) {
    add(Diagnostic.error(code, route.sourceOf(call), span, message).withHelp(help));
  }

  private void add(Diagnostic problem) {
    failed |= problem.isError();
    problems.add(problem.inRoute(route.node().id()));
  }
}
