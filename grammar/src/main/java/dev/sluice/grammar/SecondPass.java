package dev.sluice.grammar;

import java.util.List;

/// Reads a text that the first pass refused.
final class SecondPass {
  enum Kind { PREDICATES, FILTERS }

  private SecondPass() {}

  static List<Diagnostic> document(SourceText source) {
    return List.of(Diagnostic.error(SyntaxCode.UNEXPECTED, source, new Span(0, 0), "syntax error"));
  }

  static List<Diagnostic> calls(SourceText source, Span range, Kind kind) {
    return List.of(Diagnostic.error(SyntaxCode.UNEXPECTED, source, range, "syntax error"));
  }
}
