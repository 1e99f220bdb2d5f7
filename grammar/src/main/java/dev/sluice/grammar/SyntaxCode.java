package dev.sluice.grammar;

/// What can be wrong with a text as a text. Each has a page `docs/diagnostics/CODE.md`.
public enum SyntaxCode implements DiagnosticCode {
  UNEXPECTED("1001", "unexpected text"),
  MISSING_BACKEND("1002", "missing backend"),
  MISSING_SEMICOLON("1003", "missing semicolon between routes"),
  UNCLOSED_LITERAL("1004", "string or regular expression without an end"),
  WRONG_ARROW("1005", "something else where an arrow belongs"),
  WRONG_AND("1006", "predicates joined by something else than &&"),
  MISSING_PREDICATE("1007", "missing predicate"),
  WRONG_QUOTES("1008", "quotes of the wrong kind"),
  WRONG_COMMENT("1009", "comment of another language"),
  BAD_ID("1010", "missing or malformed route id"),
  BAD_NUMBER("1011", "malformed number"),
  BAD_ARGUMENT("1012", "something else where an argument belongs"),
  BAD_COMMA("1013", "comma too many or too few"),
  BAD_PARENTHESES("1014", "parenthesis too many or too few"),
  BAD_BACKEND("1015", "malformed backend in angle brackets"),
  MISPLACED_SEMICOLON("1016", "semicolon beside an expression without id"),
  STRAY_CHARACTER("1017", "character that no route file may hold"),
  PREDICATE_ARGUMENTS("1020", "wrong arguments of a predicate that the language knows"),
  REPEATED_PREDICATE("1021", "predicate that may stand only once in a route"),
  BAD_ENDPOINT("1022", "endpoint that is no URL"),
  MIXED_SCHEMES("1023", "endpoints of different schemes"),
  REPEATED_ID("1024", "repeated route id"),
  BAD_JSON("1025", "unreadable JSON form of routes"),
  TOO_LONG("1026", "route with too many parts"),
  TOO_MANY("1099", "too many errors");

  private final String number;
  private final String title;

  SyntaxCode(String number, String title) {
    this.number = number;
    this.title = title;
  }

  @Override
  public String code() {
    return "GW" + number;
  }

  @Override
  public String title() {
    return title;
  }

  /// Whether it is a rule of the language beyond its grammar: the document is refused, but its routes were read as they are written, nothing was guessed.
  public boolean isRule() {
    return switch (this) {
      case PREDICATE_ARGUMENTS, REPEATED_PREDICATE, BAD_ENDPOINT, MIXED_SCHEMES, REPEATED_ID -> true;
      case UNEXPECTED, MISSING_BACKEND, MISSING_SEMICOLON, UNCLOSED_LITERAL, WRONG_ARROW, WRONG_AND, MISSING_PREDICATE, WRONG_QUOTES, WRONG_COMMENT,
          BAD_ID, BAD_NUMBER, BAD_ARGUMENT, BAD_COMMA, BAD_PARENTHESES, BAD_BACKEND, MISPLACED_SEMICOLON, STRAY_CHARACTER, BAD_JSON, TOO_LONG,
          TOO_MANY -> false;
    };
  }
}
