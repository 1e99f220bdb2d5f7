package dev.sluice.grammar;

import java.util.List;

/// What [RouteParser] makes of a document. `file` has no routes when `diagnostics` holds an error.
public record ParseResult(SyntaxFile file, List<Diagnostic> diagnostics) {
  public ParseResult {
    diagnostics = List.copyOf(diagnostics);
  }

  public boolean ok() {
    return diagnostics.stream().noneMatch(Diagnostic::isError);
  }

  /// What the entry points for predicates only and filters only give: `calls` is empty when there is an error.
  public record Calls(List<CallNode> calls, List<Diagnostic> diagnostics) {
    public Calls {
      calls = List.copyOf(calls);
      diagnostics = List.copyOf(diagnostics);
    }

    public boolean ok() {
      return diagnostics.stream().noneMatch(Diagnostic::isError);
    }
  }
}
