package dev.sluice.grammar;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finds routes with the same id in texts that are read as one. That is legal in the language: the last one wins, even when it is then
/// refused for another reason. Whoever reads the texts decides how bad that is.
public final class DuplicateIds {
  private final Map<String, Diagnostic.Label> first = new HashMap<>();

  /// Takes the next route. Routes without id, one in a text, repeat none.
  ///
  /// @return null, or when an earlier route has the same id a diagnostic with a label at the first of them
  public @Nullable Diagnostic add(RouteNode route, SourceText source, Severity severity) {
    var here = new Diagnostic.Label(source, route.idSpan(), "first here");
    var earlier = route.id().isEmpty() ? null : first.putIfAbsent(route.id(), here);
    return earlier == null
        ? null
        : new Diagnostic(SyntaxCode.REPEATED_ID, severity, source, route.idSpan(), route.id(), "repeated route id \"" + route.id() + '"',
            List.of(earlier), "rename one of them; the gateway uses only the last one", null);
  }

  /// Forgets the routes of a text that turned out to be broken.
  public void forget(SourceText source) {
    first.values().removeIf(label -> label.source() == source);
  }
}
