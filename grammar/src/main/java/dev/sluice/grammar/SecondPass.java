package dev.sluice.grammar;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Reads a text that the first pass refused, to say everything that is wrong with it. Its routes are thrown away: what [Mender]
/// made of
/// them is a guess.
final class SecondPass {
  private SecondPass() {}

  /// The errors in order of place, at least one.
  static List<Diagnostic> read(SourceText source, Span range, Mender.Form form) {
    var other = form == Mender.Form.DOCUMENT ? OtherFormat.recognise(source) : null;
    if (other != null) {
      return List.of(other);
    }
    var mender = new Mender(source, range, form);
    var errors = new Errors(source);
    var routes = new ArrayList<RouteNode>();
    var builder = new SyntaxBuilder(source, errors, routes::add);
    var rules = RouteParser.rules(mender, builder);
    rules.setErrorHandler(new ExpectedTokens(mender));
    boolean more = true;
    while (more) {
      try {
        enter(rules, form);
        more = false;
      } catch (ExpectedTokens.GaveUp atSemicolon) {
        more = rules.getInputStream().LA(1) == RouteLexer.SEMI && form == Mender.Form.DOCUMENT;
      }
    }
    if (form == Mender.Form.DOCUMENT) {
      mender.documentForm().report(mender);
    }
    var all = new ArrayList<>(mender.diagnostics());
    routes.stream()
        .filter(route -> !mender.reportedBetween(route.span().start(), route.span().end()))
        .forEach(route -> LanguageRules.check(source, route, errors));
    all.addAll(errors.all());
    all.sort(Comparator.comparingInt(diagnostic -> diagnostic.span().start()));
    return all.isEmpty() ? List.of(Diagnostic.error(SyntaxCode.UNEXPECTED, source, range, "syntax error")) : all;
  }

  private static void enter(RouteRules rules, Mender.Form form) {
    switch (form) {
      case DOCUMENT -> rules.loose();
      case PREDICATES -> rules.predicateList();
      case FILTERS -> rules.filterList();
    }
  }
}
