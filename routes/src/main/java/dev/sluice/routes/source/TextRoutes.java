package dev.sluice.routes.source;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The routes of a text that was read without an error.
///
/// When the text changes, what is the same byte by byte between two ends of routes is not read again: such a piece means the same
/// wherever it stands. Of 17 MB with ten changed routes, ten are read.
///
/// @param routes in source order
record TextRoutes(SourceText source, List<TextRoute> routes) {
  /// So many old routes are looked through for the one that a new route took the place of.
  private static final int MOST_SKIPPED = 32;

  /// @param routes null when the text has errors
  record Reading(@Nullable TextRoutes routes, List<Diagnostic> findings) {}

  /// @param before what the text had before, or null; it must not be used any more when this succeeds
  /// @param fresh gets each route that was read, while its tree is at hand
  static Reading read(SourceText text, @Nullable TextRoutes before, Consumer<TextRoute> fresh) {
    TextRoutes changed = before == null ? null : before.changedTo(text, fresh);
    if (changed != null) {
      return new Reading(changed, List.of());
    }
    var routes = new ArrayList<TextRoute>();
    List<Diagnostic> findings = RouteParser.read(text, node -> {
      var route = new TextRoute(node, text);
      fresh.accept(route);
      routes.add(route);
    });
    boolean ok = findings.stream().noneMatch(Diagnostic::isError);
    return new Reading(ok ? new TextRoutes(text, routes) : null, findings);
  }

  /// Null when it is better to read all of it, or there is an error.
  private @Nullable TextRoutes changedTo(SourceText text, Consumer<TextRoute> fresh) {
    if (routes.isEmpty() || routes.getFirst().id().isEmpty()) {
      return null;
    }
    byte[] old = source.bytes();
    byte[] bytes = text.bytes();
    int most = Math.max(64, routes.size() / 8);
    var next = new ArrayList<TextRoute>(routes.size());
    var moved = new ArrayList<Integer>(routes.size());
    int at = 0;
    int i = 0;
    while (true) {
      int from = i == 0 ? 0 : routes.get(i - 1).end();
      int length = i == routes.size() ? 0 : routes.get(i).end() - from;
      boolean fits = length > 0 && bytes.length - at >= length && (at == 0) == (from == 0)
          && Arrays.equals(old, from, from + length, bytes, at, at + length);
      if (fits && routes.get(i).isMovable()) {
        at += length;
        next.add(routes.get(i++));
        moved.add(at);
        continue;
      }
      RouteNode node = --most < 0 ? null : RouteParser.next(text, at);
      if (node == null) {
        return most >= 0 && RouteParser.isEnd(text, at) ? move(text, next, moved) : null;
      }
      at = node.span().end();
      var route = new TextRoute(node, text);
      fresh.accept(route);
      next.add(route);
      moved.add(at);
      i = behind(i, node.id());
    }
  }

  /// Where to go on: behind the old route that has the new one's id, or where it was, when there is none.
  private int behind(int from, String id) {
    for (int i = from; i < Math.min(routes.size(), from + MOST_SKIPPED); i++) {
      if (routes.get(i).id().equals(id)) {
        return i + 1;
      }
    }
    return from;
  }

  private static TextRoutes move(SourceText text, List<TextRoute> routes, List<Integer> ends) {
    for (int i = 0; i < routes.size(); i++) {
      routes.get(i).moved(text, ends.get(i));
    }
    return new TextRoutes(text, routes);
  }
}
