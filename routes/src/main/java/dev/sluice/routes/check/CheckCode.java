package dev.sluice.routes.check;

import dev.sluice.grammar.DiagnosticCode;

/// Findings of checks that look at routes as they are written.
public enum CheckCode implements DiagnosticCode {
  BEHIND_AN_ANSWER("GW2009", "filter behind one that answers"),
  ONLY_THE_LAST_COUNTS("GW2010", "repeated filter of which only the last counts"),
  NEVER_REACHED("GW2109", "route behind one with the same predicates");

  private final String code;
  private final String title;

  CheckCode(String code, String title) {
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
