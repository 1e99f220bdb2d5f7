package dev.sluice.grammar;

import java.util.List;

/// `name(arguments)`: a predicate or a filter as written. The predicate `*` is a call named `*` without arguments.
public record CallNode(String name, List<LiteralNode> arguments, Span nameSpan, Span span) {
  public CallNode {
    arguments = List.copyOf(arguments);
  }
}
