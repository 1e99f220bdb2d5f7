package dev.sluice.grammar;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A finding about a route text, as data; renderers turn it into text or JSON.
///
/// @param source where it stands; null for a finding about something that is no text (a flag, a missing file)
/// @param span the exact range that is wrong
/// @param routeId the route it belongs to, or null when it concerns the whole document
/// @param message lower-case start, no full stop, the user's own token in quotes
/// @param labels further places that matter, each with a word about it
/// @param help one concrete way to mend it, beginning with a verb; null when there is none
/// @param edit a change that mends it mechanically; null when there is none
public record Diagnostic(
    DiagnosticCode code,
    Severity severity,
    @Nullable SourceText source,
    Span span,
    @Nullable String routeId,
    String message,
    List<Label> labels,
    @Nullable String help,
    @Nullable TextEdit edit) {

  public Diagnostic {
    labels = List.copyOf(labels);
  }

  /// An error with nothing but a place and a message.
  public static Diagnostic error(DiagnosticCode code, @Nullable SourceText source, Span span, String message) {
    return new Diagnostic(code, Severity.ERROR, source, span, null, message, List.of(), null, null);
  }

  public static Diagnostic warning(DiagnosticCode code, @Nullable SourceText source, Span span, String message) {
    return new Diagnostic(code, Severity.WARNING, source, span, null, message, List.of(), null, null);
  }

  public Diagnostic withHelp(@Nullable String newHelp) {
    return new Diagnostic(code, severity, source, span, routeId, message, labels, newHelp, edit);
  }

  public Diagnostic withEdit(@Nullable TextEdit newEdit) {
    return new Diagnostic(code, severity, source, span, routeId, message, labels, help, newEdit);
  }

  public Diagnostic withLabels(Label... more) {
    return new Diagnostic(code, severity, source, span, routeId, message, List.of(more), help, edit);
  }

  public Diagnostic inRoute(@Nullable String id) {
    return new Diagnostic(code, severity, source, span, id, message, labels, help, edit);
  }

  public boolean isError() {
    return severity == Severity.ERROR;
  }

  /// A further place, possibly in another text.
  public record Label(@Nullable SourceText source, Span span, String text) {}

  /// Replaces the bytes of `span` by `text`.
  public record TextEdit(Span span, String text) {}
}
