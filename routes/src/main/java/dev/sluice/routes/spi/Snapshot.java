package dev.sluice.routes.spi;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.SourceText;
import java.util.List;

/// All that one data client has at one moment: the whole state, never a change.
///
/// @param texts route files, read whole: one with a syntax error is refused as a whole
/// @param routes kept one by one: one with a syntax error is left out alone
/// @param problems what could not be read; the routes that came from there before stay
public record Snapshot(List<SourceText> texts, List<StoredRoute> routes, List<Diagnostic> problems) {
  public Snapshot {
    texts = List.copyOf(texts);
    routes = List.copyOf(routes);
    problems = List.copyOf(problems);
  }

  /// Texts alone.
  public Snapshot(List<SourceText> texts, List<Diagnostic> problems) {
    this(texts, List.of(), problems);
  }

  public static Snapshot of(SourceText... texts) {
    return new Snapshot(List.of(texts), List.of());
  }
}
