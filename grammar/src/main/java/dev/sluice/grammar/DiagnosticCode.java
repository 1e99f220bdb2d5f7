package dev.sluice.grammar;

/// A stable code with a page in `docs/diagnostics/`. `GW1nnn` is syntax, `GW2nnn` names and arguments, `GW3nnn` sources and tables,
/// `GW4nnn` findings of analysis. Enums of the modules implement this, so that a code is declared once, where it is reported.
public interface DiagnosticCode {
  /// `GW` and four digits, for example `GW2001`.
  String code();

  /// Short title, lower case, no full stop; heads the documentation page.
  String title();
}
