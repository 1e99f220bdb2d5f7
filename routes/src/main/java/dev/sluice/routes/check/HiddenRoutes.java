package dev.sluice.routes.check;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import dev.sluice.grammar.Span;
import dev.sluice.routes.compile.PlacedRoute;
import dev.sluice.routes.compile.RouteBuilder;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.model.RouteDefinition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds routes that never take a request, because one before them has the same predicates and the same rank: among such routes the order of the texts
/// decides.
///
/// Of each route a hash and a place are kept, 28 bytes or so; when hashes are equal, the earlier route is read again to be sure.
final class HiddenRoutes {
  /// So many routes of one hash are read again at most: texts made for that must not cost a square of their size.
  private static final int MOST_READ = 4;

  private final Catalog catalog;
  private final RouteBuilder.Options options;
  private final List<SourceText> texts = new ArrayList<>();
  private int size;
  private int sizeBefore;
  private long[] hashes = new long[16];
  private int[] textNumbers = new int[16];
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  /// Numbers of routes, from 1, by their hashes; 0 is free. At most half of it is used.
  private int[] slots = new int[32];

  HiddenRoutes(Catalog catalog, RouteBuilder.Options options) {
    this.catalog = catalog;
    this.options = options;
  }

  /// Routes from here on stand in this text.
  void nextText(SourceText source) {
    texts.add(source);
    sizeBefore = size;
  }

  /// Forgets the routes of the latest text.
  void forgetText() {
    size = sizeBefore;
    placeAll(slots.length);
  }

  /// Takes the next route.
  ///
  /// @param node of this route
  /// @return null, or a warning with a label at the first route that takes what this one would
  @Nullable Diagnostic add(RouteDefinition route, RouteNode node) {
    if (!Matching.isCertain(route)) {
      return null;
    }
    long hash = Matching.hash(route);
    Matching matching = null;
    int read = 0;
    for (int slot = slot(hash); slots[slot] != 0; slot = slot + 1 & slots.length - 1) {
      int earlier = slots[slot] - 1;
      if (hashes[earlier] == hash && read++ < MOST_READ) {
        matching = matching == null ? Matching.of(route) : matching;
        RouteNode first = RouteParser.reread(texts.get(textNumbers[earlier]), new Span(starts[earlier], ends[earlier]));
        if (matching.equals(matching(first, texts.get(textNumbers[earlier])))) {
          return hidden(node, first, texts.get(textNumbers[earlier]));
        }
      }
    }
    keep(hash, node.span());
    return null;
  }

  private @Nullable Matching matching(RouteNode node, SourceText source) {
    RouteDefinition built = RouteBuilder.route(new PlacedRoute(node, source), catalog, options, new ArrayList<>());
    return built == null ? null : Matching.of(built);
  }

  private Diagnostic hidden(RouteNode node, RouteNode first, SourceText firstSource) {
    String who = node.id().isEmpty() ? "this route" : "route \"" + node.id() + '"';
    return Diagnostic.warning(CheckCode.NEVER_REACHED, texts.getLast(), name(node), who + " never takes a request: a route before it has the same predicates")
        .withLabels(new Diagnostic.Label(firstSource, name(first), "this one takes them"))
        .withHelp("remove one of the two, or change its predicates")
        .inRoute(node.id());
  }

  /// Its id, or its predicates when it has none.
  private static Span name(RouteNode node) {
    return node.idSpan().length() > 0 || node.predicates().isEmpty()
        ? node.idSpan()
        : node.predicates().getFirst().span().to(node.predicates().getLast().span());
  }

  private void keep(long hash, Span place) {
    if (size == hashes.length) {
      hashes = Arrays.copyOf(hashes, size * 2);
      textNumbers = Arrays.copyOf(textNumbers, size * 2);
      starts = Arrays.copyOf(starts, size * 2);
      ends = Arrays.copyOf(ends, size * 2);
      placeAll(slots.length * 2);
    }
    hashes[size] = hash;
    textNumbers[size] = texts.size() - 1;
    starts[size] = place.start();
    ends[size] = place.end();
    place(size++);
  }

  private void placeAll(int length) {
    slots = new int[length];
    for (int i = 0; i < size; i++) {
      place(i);
    }
  }

  private void place(int number) {
    int slot = slot(hashes[number]);
    while (slots[slot] != 0) {
      slot = slot + 1 & slots.length - 1;
    }
    slots[slot] = number + 1;
  }

  private int slot(long hash) {
    return (int) (hash ^ hash >>> 32) & slots.length - 1;
  }
}
