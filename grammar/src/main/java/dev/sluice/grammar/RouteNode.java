package dev.sluice.grammar;

import java.util.List;

/// One route as written; `id` is empty for the form without one. Predicates keep source order and still hold `*` and `Any()`.
public record RouteNode(
    String id, Span idSpan, List<CallNode> predicates, List<CallNode> filters, BackendNode backend, Span span) {
  public RouteNode {
    predicates = List.copyOf(predicates);
    filters = List.copyOf(filters);
  }
}
