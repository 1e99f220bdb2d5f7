package dev.sluice.routes.spi;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.SourceText;
import java.util.List;

/// All texts of one data client at one moment: the whole state, never a change.
///
/// @param texts read whole
/// @param problems what could not be read; the routes that came from there before stay
public record Snapshot(List<SourceText> texts, List<Diagnostic> problems) {
  public Snapshot {
    texts = List.copyOf(texts);
    problems = List.copyOf(problems);
  }

  public static Snapshot of(SourceText... texts) {
    return new Snapshot(List.of(texts), List.of());
  }
}
