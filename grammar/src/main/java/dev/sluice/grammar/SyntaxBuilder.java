package dev.sluice.grammar;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/// Makes records of what the parser's actions hand over. The only class that knows both tokens and records.
final class SyntaxBuilder {
  /// Predicates, filters, arguments and endpoints of one route. Nobody writes as many; they bound what one long line can make us keep.
  static final int MOST_PARTS = 1_000_000;

  private final SourceText source;
  private final byte[] bytes;
  private final TextCache names = new TextCache();
  private final TextCache values = new TextCache();
  private final Consumer<Diagnostic> errors;
  private final Consumer<RouteNode> routes;
  private final List<CallNode> predicates = new ArrayList<>();
  private final List<CallNode> filters = new ArrayList<>();
  private final List<LiteralNode> arguments = new ArrayList<>();
  private final List<BackendNode.EndpointNode> endpoints = new ArrayList<>();
  private int parts;
  private String name = "";
  private Span nameSpan = Span.NONE;
  private boolean named;
  private CallNode call = new CallNode("", List.of(), Span.NONE, Span.NONE);
  private BackendNode backend = new BackendNode.Shunt(Span.NONE);

  /// @param errors gets what is wrong although it can be read
  /// @param routes gets each route when it is complete
  SyntaxBuilder(SourceText source, Consumer<Diagnostic> errors, Consumer<RouteNode> routes) {
    this.source = source;
    this.bytes = source.bytes();
    this.errors = errors;
    this.routes = routes;
  }

  List<CallNode> predicates() {
    return predicates;
  }

  List<CallNode> filters() {
    return filters;
  }

  /// A definition begins: what recovery left of the route before is forgotten.
  void id(Token id) {
    parts = 0;
    predicates.clear();
    filters.clear();
    arguments.clear();
    endpoints.clear();
  }

  void name(Token token) {
    named = hasRoomFor(token);
    name = names.get(bytes, token.getStartIndex(), token.getStopIndex() + 1);
    nameSpan = span(token);
    arguments.clear();
  }

  void number(Token token) {
    double value = Numbers.read(bytes, token.getStartIndex(), token.getStopIndex() + 1);
    if (Double.isInfinite(value)) {
      errors.accept(Diagnostic.error(SyntaxCode.BAD_NUMBER, source, span(token), "number out of range")
          .withHelp("write a smaller one: the largest number has 309 digits before the point"));
    }
    if (hasRoomFor(token)) {
      arguments.add(new LiteralNode.Number(value, span(token)));
    }
  }

  void text(Token token) {
    if (hasRoomFor(token)) {
      var form = Literals.form(bytes[token.getStartIndex()]);
      arguments.add(new LiteralNode.Text(value(token), form, span(token)));
    }
  }

  void call(Token end) {
    call = new CallNode(name, arguments, nameSpan, new Span(nameSpan.start(), end.getStopIndex() + 1));
    arguments.clear();
  }

  void star(Token token) {
    if (hasRoomFor(token)) {
      predicates.add(new CallNode("*", List.of(), span(token), span(token)));
    }
  }

  void predicate() {
    if (named) {
      predicates.add(call);
    }
  }

  void filter() {
    if (named) {
      filters.add(call);
    }
  }

  void network(Token address) {
    backend = new BackendNode.Network(value(address), span(address));
  }

  void shunt(Token token) {
    backend = new BackendNode.Shunt(span(token));
  }

  void loopback(Token token) {
    backend = new BackendNode.Loopback(span(token));
  }

  void dynamic(Token token) {
    backend = new BackendNode.Dynamic(span(token));
  }

  void forward(Token token) {
    backend = new BackendNode.Forward(span(token));
  }

  void endpoint(Token token) {
    if (hasRoomFor(token)) {
      endpoints.add(new BackendNode.EndpointNode(value(token), span(token)));
    }
  }

  void balanced(Token open, @Nullable Token algorithm, Token close) {
    backend = new BackendNode.Balanced(
        algorithm == null ? null : names.get(bytes, algorithm.getStartIndex(), algorithm.getStopIndex() + 1),
        algorithm == null ? null : span(algorithm),
        endpoints,
        new Span(open.getStartIndex(), close.getStopIndex() + 1));
    endpoints.clear();
  }

  void unnamed() {
    int start = predicates.getFirst().span().start();
    add("", new Span(start, start));
  }

  void route(Token id) {
    add(names.get(bytes, id.getStartIndex(), id.getStopIndex() + 1), span(id));
  }

  private void add(String id, Span idSpan) {
    routes.accept(new RouteNode(id, idSpan, predicates, filters, backend, idSpan.to(backend.span())));
    predicates.clear();
    filters.clear();
  }

  /// Reports the first part of a route that is one too many; it and those behind it are left out.
  private boolean hasRoomFor(Token token) {
    if (parts == MOST_PARTS) {
      errors.accept(Diagnostic.error(SyntaxCode.TOO_LONG, source, span(token), "a route with more than 1,000,000 parts")
          .withHelp("split it into several routes"));
    }
    return parts++ < MOST_PARTS;
  }

  private String value(Token token) {
    int start = token.getStartIndex();
    if (token.getStopIndex() <= start) {
      return ""; // a token that the second pass made up
    }
    int end = token.getStopIndex();
    return Literals.isPlain(bytes, start + 1, end)
        ? values.get(bytes, start + 1, end)
        : Literals.read(bytes, start + 1, end, Literals.form(bytes[start]));
  }

  private static Span span(Token token) {
    return new Span(token.getStartIndex(), token.getStopIndex() + 1);
  }

  /// Gives equal texts as one string: a file of 100,000 routes has a hundred different names, and the same methods, headers and hosts.
  private static final class TextCache {
    private final @Nullable String[] slots = new @Nullable String[1024];

    String get(byte[] bytes, int from, int to) {
      int hash = to - from;
      for (int i = from; i < to; i++) {
        hash = hash * 31 + bytes[i];
      }
      int slot = (hash ^ hash >>> 10) & slots.length - 1;
      String known = slots[slot];
      if (known == null || !same(known, bytes, from, to)) {
        known = ByteText.decode(bytes, from, to);
        slots[slot] = known;
      }
      return known;
    }

    private static boolean same(String name, byte[] bytes, int from, int to) {
      if (name.length() != to - from) {
        return false;
      }
      for (int i = from; i < to; i++) {
        if (name.charAt(i - from) != bytes[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
