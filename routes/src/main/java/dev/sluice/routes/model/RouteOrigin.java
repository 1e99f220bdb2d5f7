package dev.sluice.routes.model;

import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.SourceText;

/// Where a route was written. A running table asks only for what it shows, so the tree need not be kept: it may be read again.
public interface RouteOrigin {
  /// The route after pre-processing. May be another, equal one each time.
  RouteNode node();

  /// The text that it stands in.
  SourceText source();

  /// One that keeps the tree.
  static RouteOrigin of(RouteNode node, SourceText source) {
    return new Kept(node, source);
  }

  /// @param node as it was read or made
  record Kept(RouteNode node, SourceText source) implements RouteOrigin {}
}
