package dev.sluice.grammar;

/// One argument of a call, as written.
public sealed interface LiteralNode {
  Span span();

  /// A number; always a double, as in the language.
  record Number(double value, Span span) implements LiteralNode {}

  /// A string or regular expression; `value` is unescaped. The language makes no difference between the forms once read.
  record Text(String value, Form form, Span span) implements LiteralNode {}

  enum Form {
    /// `"…"`
    QUOTED,
    /// `` `…` ``
    BACKQUOTED,
    /// `/…/`
    REGEXP
  }
}
