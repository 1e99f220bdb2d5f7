package dev.sluice.grammar;

/// How much a [Diagnostic] matters. Only errors refuse something.
public enum Severity {
  ERROR,
  WARNING,
  NOTE
}
