package dev.sluice.grammar;

import java.util.List;

/// What was read from one text: its routes in source order. Empty whenever a diagnostic of severity error was reported, because
/// recovery can deliver wrong records.
public record SyntaxFile(SourceText source, List<RouteNode> routes) {
  public SyntaxFile {
    routes = List.copyOf(routes);
  }
}
