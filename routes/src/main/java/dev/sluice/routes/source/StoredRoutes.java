package dev.sluice.routes.source;

import dev.sluice.grammar.BackendNode;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.ParseResult;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.Span;
import dev.sluice.grammar.SyntaxCode;
import dev.sluice.grammar.SyntaxFile;
import dev.sluice.routes.compile.RouteCode;
import dev.sluice.routes.spi.StoredRoute;
import java.util.List;

/// Reads routes that are kept one by one under their ids.
public final class StoredRoutes {
  private StoredRoutes() {}

  /// Reads one. The result's file holds the one route, with the id it is kept under; or none, and then an error says why.
  public static ParseResult parse(StoredRoute stored) {
    ParseResult read = RouteParser.parse(stored.text());
    List<RouteNode> routes = read.file().routes();
    if (!isId(stored.id())) {
      return failed(stored, List.of(Diagnostic.error(SyntaxCode.BAD_ID, stored.text(), Span.NONE,
          "\"" + shown(stored.id()) + "\" is no route id").withHelp("write ids of letters, digits and \"_\"")));
    }
    if (read.ok() && routes.size() != 1) {
      Span second = routes.isEmpty() ? Span.NONE : routes.get(1).span();
      String what = routes.isEmpty() ? "there is no route here" : "there are " + routes.size() + " routes here, where one belongs";
      return failed(stored, List.of(Diagnostic.error(RouteCode.NOT_ONE_ROUTE, stored.text(), second, what)
          .withHelp("keep each route under a key of its own")));
    }
    if (!read.ok()) {
      return failed(stored, read.diagnostics());
    }
    RouteNode route = routes.getFirst();
    var renamed = new RouteNode(stored.id(), route.idSpan(), route.predicates(), route.filters(), route.backend(), route.span());
    return new ParseResult(new SyntaxFile(stored.text(), List.of(renamed)), read.diagnostics());
  }

  /// What stands in listings for a route that cannot be read: its id with an empty address.
  public static RouteNode placeholder(String id) {
    return new RouteNode(shown(id), Span.NONE, List.of(), List.of(), new BackendNode.Network("", Span.NONE), Span.NONE);
  }

  /// Whether routes may be kept under this id. More than the language's own ids, as in Skipper; but nothing that would be another
  /// key, or garble what is printed.
  public static boolean isId(String id) {
    return !id.isEmpty()
        && id.indexOf('/') < 0
        && !id.equals(".")
        && !id.equals("..")
        && id.codePoints().allMatch(StoredRoutes::isVisible);
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR, Character.SPACE_SEPARATOR -> false;
      default -> true;
    };
  }

  /// For people: on one line, and without what would move a terminal's cursor.
  private static String shown(String id) {
    var out = new StringBuilder();
    id.codePoints().forEach(c -> out.appendCodePoint(isVisible(c) || c == ' ' ? c : 0xFFFD));
    return out.toString();
  }

  private static ParseResult failed(StoredRoute stored, List<Diagnostic> diagnostics) {
    return new ParseResult(new SyntaxFile(stored.text(), List.of()),
        diagnostics.stream().map(each -> each.inRoute(shown(stored.id()))).toList());
  }
}
