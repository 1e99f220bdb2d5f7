package dev.sluice.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.compile.RouteBuilder;
import dev.sluice.routes.compile.RouteCompiler;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.predicate.BuiltinPredicates;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.RunningBackend;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.table.IndexedTable;
import dev.sluice.routes.table.Match;
import dev.sluice.routes.table.PlainRequest;
import java.util.List;

/// Tables from route texts with the built-in predicates and no filters.
public final class TestTables {
  public static final Catalog CATALOG = Catalog.of(List.of(), BuiltinPredicates.ALL, List.of());

  private TestTables() {}

  public static RouteBuilder.Built build(String text) {
    var parsed = RouteParser.parse(SourceText.of("test.gw", text));
    assertThat(parsed.diagnostics()).isEmpty();
    return RouteBuilder.build(parsed.file(), CATALOG, RouteBuilder.Options.NONE);
  }

  public static List<RouteDefinition> definitions(String text) {
    var built = build(text);
    assertThat(built.problems()).isEmpty();
    return built.routes();
  }

  public static IndexedTable table(String text) {
    return table(text, new TestServices(), false);
  }

  public static IndexedTable table(String text, Services services, boolean ignoreTrailingSlash) {
    var compiled = new RouteCompiler(services, route -> new RunningBackend() {}, ignoreTrailingSlash)
        .compile(definitions(text), IndexedTable.empty());
    assertThat(compiled.problems()).isEmpty();
    return compiled.table();
  }

  /// Id of the matched route, or `-`.
  public static String id(IndexedTable table, Request request) {
    Match match = table.match(request, null);
    return match == null ? "-" : match.route().id();
  }

  public static String get(IndexedTable table, String target) {
    return id(table, PlainRequest.of("GET", target));
  }
}
