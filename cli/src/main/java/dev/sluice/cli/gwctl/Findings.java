package dev.sluice.cli.gwctl;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.ParseResult;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.SourceText;
import dev.sluice.grammar.SyntaxCode;
import dev.sluice.routes.compile.RouteBuilder;
import dev.sluice.routes.compile.RouteCode;
import dev.sluice.routes.declare.Catalog;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Everything that is wrong with route texts: syntax, then names, arguments and addresses of the texts whose syntax is right, then what
/// several routes do to each other. The same code as the gateway's reports the routes.
final class Findings {
  private final Catalog catalog;
  private final boolean forwardAddress;
  private final RouteBuilder.Options options;
  private final List<Diagnostic> found = new ArrayList<>();
  private final Map<String, Place> ids = new HashMap<>();

  private record Place(SourceText source, RouteNode route) {}

  /// @param forwardAddress whether the gateway has an address for `<forward>`, or may have one
  Findings(Catalog catalog, Set<String> disabledFilters, boolean forwardAddress) {
    this.catalog = catalog;
    this.forwardAddress = forwardAddress;
    this.options = new RouteBuilder.Options(new HashSet<>(disabledFilters));
  }

  /// In the order of the texts.
  List<Diagnostic> in(Texts texts) {
    for (ParseResult text : texts.results()) {
      found.addAll(text.diagnostics());
      RouteBuilder.build(text.file(), catalog, options).problems().stream()
          .filter(problem -> problem.code() != RouteCode.FORWARD_WITHOUT_ADDRESS || !forwardAddress)
          .forEach(found::add);
      text.file().routes().forEach(route -> checkId(text.file().source(), route));
    }
    return found;
  }

  private void checkId(SourceText source, RouteNode route) {
    Place earlier = ids.putIfAbsent(route.id(), new Place(source, route));
    if (earlier != null) {
      found.add(Diagnostic.error(SyntaxCode.REPEATED_ID, source, route.idSpan(), "route id \"" + route.id() + "\" is used twice")
          .withLabels(new Diagnostic.Label(earlier.source(), earlier.route().idSpan(), "first here"))
          .withHelp("give one of them another id")
          .inRoute(route.id()));
    }
  }
}
