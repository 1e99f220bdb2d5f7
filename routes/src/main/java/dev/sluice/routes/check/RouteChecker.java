package dev.sluice.routes.check;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.DuplicateIds;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.Severity;
import dev.sluice.grammar.SourceText;
import dev.sluice.grammar.SyntaxFile;
import dev.sluice.routes.compile.PlacedRoute;
import dev.sluice.routes.compile.RouteBuilder;
import dev.sluice.routes.declare.Catalog;
import java.util.ArrayList;
import java.util.Comparator;
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
    var findings = new ArrayList<Diagnostic>(DuplicateIds.find(files, Severity.ERROR));
    for (SyntaxFile file : files) {
      for (RouteNode node : file.routes()) {
        check(new PlacedRoute(node, file.source()), findings);
      }
    }
    List<SourceText> order = files.stream().map(SyntaxFile::source).toList();
    findings.sort(Comparator.<Diagnostic>comparingInt(finding -> order.indexOf(finding.source()))
        .thenComparingInt(finding -> finding.span().start()));
    return List.copyOf(findings);
  }

  /// Nothing of a built route is kept: of a hundred thousand only the findings stay.
  private void check(PlacedRoute route, List<Diagnostic> findings) {
    RouteBuilder.route(route, catalog, options, findings);
    for (Check check : CHECKS) {
      check.look(route, catalog, finding -> findings.add(finding.inRoute(route.node().id())));
    }
  }
}
