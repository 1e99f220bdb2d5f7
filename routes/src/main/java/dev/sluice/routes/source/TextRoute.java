package dev.sluice.routes.source;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import dev.sluice.grammar.Span;
import dev.sluice.routes.compile.PlacedRoute;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.model.RouteOrigin;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A route of a text: where it stands, and what was made of it. The tree is not kept, since a hundred thousand of them are most of what
/// routes would cost; it is read again when somebody asks.
///
/// What concerns its place may be asked by any thread, all else by the feed's alone.
final class TextRoute implements RouteOrigin {
  private final String id;
  private SourceText source;
  private int start;
  private int end;
  /// Until it was made.
  private @Nullable RouteNode fresh;
  /// When it was made as it is written, without anything to say about it.
  private @Nullable RouteDefinition plain;
  private List<MadeRoute> made = List.of();

  /// @param node as just read; its id need not be the one that is written
  TextRoute(RouteNode node, SourceText source) {
    this.id = node.id();
    this.source = source;
    this.start = node.span().start();
    this.end = node.span().end();
    this.fresh = node;
  }

  String id() {
    return id;
  }

  @Override
  public synchronized SourceText source() {
    return source;
  }

  /// Behind its last byte.
  synchronized int end() {
    return end;
  }

  @Override
  public RouteNode node() {
    SourceText text;
    Span span;
    synchronized (this) {
      text = source;
      span = new Span(start, end);
    }
    RouteNode node = RouteParser.reread(text, span);
    return node.id().equals(id)
        ? node
        : new RouteNode(id, node.idSpan(), node.predicates(), node.filters(), node.backend(), node.span());
  }

  /// The same route stands in another text now, or elsewhere in it, byte by byte.
  ///
  /// @param newEnd behind its last byte
  synchronized void moved(SourceText text, int newEnd) {
    start += newEnd - end;
    end = newEnd;
    source = text;
  }

  /// Whether it may be taken over when its text stands in another place: nothing that was said about it names the old one.
  boolean isMovable() {
    return made.stream().allMatch(each -> each.problems().isEmpty());
  }

  PlacedRoute placed() {
    return new PlacedRoute(fresh == null ? node() : fresh, source());
  }

  boolean isMade() {
    return plain != null || !made.isEmpty();
  }

  /// The route, when nothing needs to be said about it; else see [#made()].
  @Nullable RouteDefinition plain() {
    return plain;
  }

  /// What pre-processing made of it, the route itself first.
  List<MadeRoute> made() {
    return made;
  }

  void made(List<MadeRoute> routes) {
    MadeRoute first = routes.getFirst();
    boolean simple = routes.size() == 1 && first.origin == this && first.problems.isEmpty();
    plain = simple ? first.definition : null;
    made = simple ? List.of() : List.copyOf(routes);
    fresh = null;
  }

  /// The tree is not needed any more; when another of its id counts, it never was.
  void forget() {
    fresh = null;
  }

  /// A route after pre-processing.
  ///
  /// @param generation 0 for the route itself, more for its clones
  /// @param definition null when it cannot be used
  /// @param problems why, and warnings
  record MadeRoute(long generation, String id, RouteOrigin origin, @Nullable RouteDefinition definition, List<Diagnostic> problems) {
    MadeRoute {
      problems = List.copyOf(problems);
    }
  }
}
