package dev.sluice.proxy.filter;

import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.ParseResult;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.declare.ArgumentBinder;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.declare.CatalogEntry;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.RouteProblem;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Filters from route text, for tests.
public final class Filters {
  public static final Catalog CATALOG = Catalog.of(BuiltinFilters.ALL, List.of(), List.of());

  private Filters() {}

  /// The bound spec of one call such as `setPath("/x")`.
  public static FilterSpec spec(String call) {
    List<Diagnostic> problems = new ArrayList<>();
    FilterSpec spec = bind(call, problems);
    if (spec == null) {
      throw new AssertionError(problems.toString());
    }
    return spec;
  }

  /// The messages that a call is refused with; fails when it is not.
  public static List<String> refusal(String call) {
    List<Diagnostic> problems = new ArrayList<>();
    if (bind(call, problems) != null) {
      throw new AssertionError("not refused: " + call);
    }
    return problems.stream().map(Diagnostic::message).toList();
  }

  /// The running filter of one call, with nothing but defaults.
  public static Filter running(String call) {
    return running(call, new FakeServices());
  }

  public static Filter running(String call, Services services) {
    return running(call, services, "r");
  }

  public static Filter running(String call, Services services, String routeId) {
    try {
      return spec(call).create(services, new Site(routeId, call.substring(0, call.indexOf('(')), 0));
    } catch (RouteProblem e) {
      throw new AssertionError(e.getMessage(), e);
    }
  }

  private static @Nullable FilterSpec bind(String call, List<Diagnostic> problems) {
    SourceText source = SourceText.of("test", call);
    ParseResult.Calls parsed = RouteParser.filters(source);
    problems.addAll(parsed.diagnostics());
    if (!parsed.ok()) {
      return null;
    }
    CallNode node = parsed.calls().getFirst();
    CatalogEntry entry = CATALOG.filter(node.name());
    if (entry == null) {
      throw new AssertionError("no filter " + node.name());
    }
    return (FilterSpec) ArgumentBinder.bind(entry, node, source, problems);
  }
}
