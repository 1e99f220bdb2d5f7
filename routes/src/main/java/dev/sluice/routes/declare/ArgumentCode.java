package dev.sluice.routes.declare;

import dev.sluice.grammar.DiagnosticCode;

/// Findings about names and arguments of calls.
public enum ArgumentCode implements DiagnosticCode {
  UNKNOWN_FILTER("GW2001", "unknown filter"),
  UNKNOWN_PREDICATE("GW2002", "unknown predicate"),
  ARGUMENT_COUNT("GW2003", "too many or too few arguments"),
  ARGUMENT_TYPE("GW2004", "argument of the wrong type"),
  ARGUMENT_VALUE("GW2005", "argument with a value that is not accepted"),
  ARGUMENTS_TOGETHER("GW2006", "arguments that do not fit together"),
  UNKNOWN_ALGORITHM("GW2007", "unknown balancing algorithm"),
  DEPRECATED_NAME("GW2008", "deprecated name");

  private final String code;
  private final String title;

  ArgumentCode(String code, String title) {
    this.code = code;
    this.title = title;
  }

  @Override
  public String code() {
    return code;
  }

  @Override
  public String title() {
    return title;
  }
}
