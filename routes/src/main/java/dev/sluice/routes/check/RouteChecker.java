package dev.sluice.routes.check;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.DuplicateIds;
import dev.sluice.grammar.Severity;
import dev.sluice.grammar.SourceText;
import dev.sluice.grammar.SyntaxFile;
import dev.sluice.routes.compile.PlacedRoute;
import dev.sluice.routes.compile.RouteBuilder;
import dev.sluice.grammar.SyntaxCode;
import dev.sluice.routes.declare.Catalog;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/// Everything that can be said about route texts without running them: errors that refuse a route, and warnings. No side effects.
public final class RouteChecker {
  private static final List<Check> CHECKS = List.of(new BehindAnAnswer(), new DeprecatedNames(), new OnlyTheLastCounts());

  private final Catalog catalog;
  private final RouteBuilder.Options options;

  public RouteChecker(Catalog catalog, RouteBuilder.Options options) {
    this.catalog = catalog;
    this.options = options;
  }

  /// Findings about one text.
  public List<Diagnostic> check(SyntaxFile file) {
    return check(List.of(file));
  }

  /// Findings about all texts together, in the order of the texts, then by place. An id that is used twice is an error that shows both places,
  /// also when they are in two texts.
  public List<Diagnostic> check(List<SyntaxFile> files) {
    var findings = new ArrayList<Diagnostic>();
    var placed = new ArrayList<PlacedRoute>();
    for (SyntaxFile file : files) {
      findings.addAll(DuplicateIds.find(file, Severity.ERROR));
      placed.addAll(PlacedRoute.of(file));
    }
    repeatedOverTexts(placed, findings);
    findings.addAll(RouteBuilder.build(placed, catalog, options).problems());
    for (PlacedRoute route : placed) {
      for (Check check : CHECKS) {
        check.look(route, catalog, finding -> findings.add(finding.inRoute(route.node().id())));
      }
    }
    List<SourceText> order = files.stream().map(SyntaxFile::source).toList();
    findings.sort(Comparator.<Diagnostic>comparingInt(finding -> order.indexOf(finding.source()))
        .thenComparingInt(finding -> finding.span().start()));
    return List.copyOf(findings);
  }

  private static void repeatedOverTexts(List<PlacedRoute> routes, List<Diagnostic> findings) {
    var first = new HashMap<String, PlacedRoute>();
    for (PlacedRoute route : routes) {
      PlacedRoute earlier = first.putIfAbsent(route.node().id(), route);
      if (earlier != null && earlier.source() != route.source() && !route.node().id().isEmpty()) {
        findings.add(Diagnostic.error(
                SyntaxCode.REPEATED_ID, route.source(), route.node().idSpan(), "repeated route id \"" + route.node().id() + '"')
            .withLabels(new Diagnostic.Label(earlier.source(), earlier.node().idSpan(), "first here"))
            .withHelp("rename one of them; the gateway uses only the last one")
            .inRoute(route.node().id()));
      }
    }
  }
}
