package dev.sluice.cli.gwctl;

import dev.sluice.cli.gwctl.Lookup.Tried;
import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.PrintStyle;
import dev.sluice.grammar.RoutePrinter;
import dev.sluice.grammar.SourceText;
import dev.sluice.grammar.Span;
import dev.sluice.routes.compile.PlacedRoute;
import dev.sluice.routes.model.BoundCall;
import dev.sluice.routes.spi.PredicateSpec;
import dev.sluice.routes.table.Match;
import dev.sluice.routes.table.Route;
import org.jspecify.annotations.Nullable;

/// A look-up for people.
final class LookupText {
  private LookupText() {}

  /// The request, each route that was asked with the first predicate that does not hold, and the route that takes it.
  static String explanation(Lookup found) {
    var out = new StringBuilder(found.asked().line()).append('\n');
    for (Tried tried : found.tried()) {
      PlacedRoute route = found.written(tried.route());
      CallNode failing = tried.failing();
      out.append(failing == null ? "  yes  " : "  no   ").append(name(route)).append('\n');
      if (failing == null) {
        out.append("         ").append(place(route.source(), route.node().span())).append(": ").append(expression(route)).append('\n');
        notes(out, found, tried.route());
      } else {
        out.append("         ").append(place(route.sourceOf(failing), failing.span())).append(": ")
            .append(RoutePrinter.call(failing)).append(" does not hold");
        String why = mismatch(tried, found.asked());
        out.append(why == null ? "" : ": " + why).append('\n');
      }
    }
    if (found.match() == null) {
      out.append(unmatched(found)).append('\n');
    }
    if (found.others() > 0 && found.asked().refusal() == null) {
      out.append(found.others() == 1 ? "1 route was not asked: its path does not fit" : found.others() + " routes were not asked: their paths do not fit")
          .append(found.match() == null ? "\n" : found.others() == 1 ? ", or it comes later\n" : ", or they come later\n");
    }
    Lookup next = found.next();
    if (next != null) {
      out.append("\nlooked up again: ").append(explanation(next));
    }
    return out.toString();
  }

  /// The route in one line, with its line end; empty when there is none.
  static String match(Lookup found) {
    Match match = found.match();
    if (match == null) {
      return "";
    }
    PlacedRoute route = found.written(match.route());
    return (route.node().id().isEmpty() ? "" : route.node().id() + ": ") + expression(route) + ";\n";
  }

  /// What becomes of a request that no route takes.
  static String unmatched(Lookup found) {
    var refusal = found.asked().refusal();
    return refusal != null
        ? "no route is asked: the gateway refuses the request with " + refusal.status() + ", " + refusal.reason()
        : "no route takes the request: the gateway answers " + found.unmatchedStatus();
  }

  /// What the request has where the predicate does not hold; null when there is nothing that helps.
  static @Nullable String mismatch(Tried tried, AskedRequest asked) {
    for (BoundCall<PredicateSpec> bound : tried.route().definition().predicates()) {
      if (tried.route().definition().predicateCall(bound) == tried.failing()) {
        return Mismatch.of(bound.spec(), asked);
      }
    }
    return null;
  }

  /// `file:line:column`.
  static String place(SourceText source, Span span) {
    return source.name() + ":" + source.line(span.start()) + ":" + source.column(span.start());
  }

  static String name(PlacedRoute route) {
    return route.node().id().isEmpty() ? "(route without id)" : route.node().id();
  }

  static String expression(PlacedRoute route) {
    return RoutePrinter.expression(route.node(), PrintStyle.PLAIN);
  }

  private static void notes(StringBuilder out, Lookup found, Route route) {
    Match match = found.match();
    for (int i = 0; match != null && i < match.names().length; i++) {
      if (!match.names()[i].isEmpty()) {
        out.append("         ").append(match.names()[i]).append(" = ").append(Mismatch.quoted(match.values()[i])).append('\n');
      }
    }
    Loopback loopback = found.loopback();
    if (loopback != null) {
      loopback.leftOut().forEach(filter -> out.append("         ").append(filter).append(" is left out: what it does is not known here\n"));
      if (loopback.end() != null) {
        out.append("         ").append(loopback.end()).append(": it is not looked up again\n");
      }
    }
    for (BoundCall<PredicateSpec> bound : route.definition().predicates()) {
      if (Mismatch.isChance(bound.spec())) {
        out.append("         ").append(RoutePrinter.call(route.definition().predicateCall(bound))).append(" leaves this to chance\n");
      }
    }
  }
}
