package dev.sluice.routes.check;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.DuplicateIds;
import dev.sluice.grammar.ParseResult;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.Severity;
import dev.sluice.grammar.SourceText;
import dev.sluice.grammar.SyntaxCode;
import dev.sluice.routes.compile.PlacedRoute;
import dev.sluice.routes.compile.RouteBuilder;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.model.RouteDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/// Everything that can be said about route texts without running them: errors that refuse a route, and warnings. No side effects.
///
/// Takes one text after another; they are read as one, so that an id that is used twice is an error that shows both places, and a route that an
/// earlier one hides a warning. Nothing of a route is kept but its id, its place, and a hash of its predicates. Not thread-safe.
public final class RouteChecker {
  private static final List<Check> CHECKS = List.of(new BehindAnAnswer(), new DeprecatedNames(), new OnlyTheLastCounts());

  private final Catalog catalog;
  private final RouteBuilder.Options options;
  private final DuplicateIds ids = new DuplicateIds();
  private final HiddenRoutes hidden;

  public RouteChecker(Catalog catalog, RouteBuilder.Options options) {
    this.catalog = catalog;
    this.options = options;
    this.hidden = new HiddenRoutes(catalog, options);
  }

  /// What was found in one text.
  ///
  /// @param syntax what is wrong with its syntax
  /// @param findings what is wrong otherwise, by place; nothing when the routes had to be guessed, and nothing of routes that `syntax` is about
  /// @param routes how many routes there are; 0 when the syntax has an error
  public record Checked(List<Diagnostic> syntax, List<Diagnostic> findings, int routes) {
    public Checked {
      syntax = List.copyOf(syntax);
      findings = List.copyOf(findings);
    }

    /// Everything, by place.
    public List<Diagnostic> all() {
      return Stream.concat(syntax.stream(), findings.stream()).sorted(Comparator.comparingInt(each -> each.span().start())).toList();
    }

    /// Whether it can be read.
    public boolean ok() {
      return syntax.stream().noneMatch(Diagnostic::isError);
    }
  }

  /// What is wrong with the next text, which was read before.
  public Checked check(ParseResult read) {
    var look = new Look(read.file().source());
    read.file().routes().forEach(look::at);
    return look.checked(read.diagnostics());
  }

  /// Reads the next text, and tells what is wrong with it.
  public Checked check(SourceText source) {
    var look = new Look(source);
    List<Diagnostic> syntax = RouteParser.read(source, look::at);
    if (syntax.stream().anyMatch(error -> !(error.code() instanceof SyntaxCode code && code.isRule()))) {
      ids.forget(source);
      hidden.forgetText();
      return new Checked(syntax, List.of(), 0);
    }
    return look.checked(syntax);
  }

  /// A look at the routes of one text.
  private final class Look {
    private final SourceText source;
    private final List<Diagnostic> findings = new ArrayList<>();
    private int routes;

    Look(SourceText source) {
      this.source = source;
      hidden.nextText(source);
    }

    void at(RouteNode node) {
      routes++;
      Diagnostic repeated = ids.add(node, source, Severity.ERROR);
      if (repeated != null) {
        findings.add(repeated);
      }
      var route = new PlacedRoute(node, source);
      RouteDefinition built = RouteBuilder.route(route, catalog, options, findings);
      Diagnostic never = built == null || repeated != null ? null : hidden.add(built, node);
      if (never != null) {
        findings.add(never);
      }
      for (Check check : CHECKS) {
        check.look(route, catalog, finding -> findings.add(finding.inRoute(node.id())));
      }
    }

    Checked checked(List<Diagnostic> syntax) {
      for (Diagnostic known : syntax) {
        findings.removeIf(finding -> Objects.equals(finding.routeId(), known.routeId()));
      }
      findings.sort(Comparator.comparingInt(finding -> finding.span().start()));
      return new Checked(syntax, findings, syntax.isEmpty() ? routes : 0);
    }
  }
}
