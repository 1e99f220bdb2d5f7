package dev.sluice.routes.compile;

import dev.sluice.grammar.CallNode;
import dev.sluice.grammar.RouteNode;
import dev.sluice.grammar.SourceText;
import dev.sluice.grammar.SyntaxFile;
import java.util.List;
import java.util.Map;

/// A route as written, with the text it stands in.
///
/// @param elsewhere the texts of calls that came from another text (default filters, edits), by identity
public record PlacedRoute(RouteNode node, SourceText source, Map<CallNode, SourceText> elsewhere) {
  public PlacedRoute(RouteNode node, SourceText source) {
    this(node, source, Map.of());
  }

  /// All routes of a text, in order.
  public static List<PlacedRoute> of(SyntaxFile file) {
    return file.routes().stream().map(node -> new PlacedRoute(node, file.source())).toList();
  }

  /// The text that a call of this route stands in.
  public SourceText sourceOf(CallNode call) {
    return elsewhere.isEmpty() ? source : elsewhere.getOrDefault(call, source);
  }

  PlacedRoute with(RouteNode changed) {
    return new PlacedRoute(changed, source, elsewhere);
  }
}
