package dev.sluice.routes.compile;

import dev.sluice.grammar.DiagnosticCode;

/// Findings about whole routes, about sources of routes, and about tables.
public enum RouteCode implements DiagnosticCode {
  SEVERAL_PATHS("GW2101", "more than one path in a route"),
  REPEATED_PREDICATE("GW2102", "predicate that may stand only once"),
  BAD_ADDRESS("GW2103", "backend address that cannot be called"),
  FORWARD_WITHOUT_ADDRESS("GW2104", "forward backend without an address"),
  FILTER_SWITCHED_OFF("GW2105", "filter that is switched off"),
  EDIT_NOT_PARSED("GW2106", "edited text that is no predicate or filter"),
  TOO_MUCH_WEIGHT("GW2107", "weights that a balancing algorithm cannot take"),
  VARIABLE_NOT_SET("GW2108", "environment variable that is not set"),
  SOURCE_UNREADABLE("GW3001", "source of routes that cannot be read"),
  CANNOT_RUN("GW3002", "route that cannot run"),
  NOT_ONE_ROUTE("GW3003", "stored entry that is not one route"),
  SOURCE_EMPTIED("GW3004", "route file that has just become empty");

  private final String code;
  private final String title;

  RouteCode(String code, String title) {
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
