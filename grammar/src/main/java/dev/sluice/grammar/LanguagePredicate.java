package dev.sluice.grammar;

import org.jspecify.annotations.Nullable;

/// The predicates that the language itself knows: they print first, in the order of this table, some with a regular expression
/// between
/// slashes, and wrong arguments refuse the whole document. All others are names to the language.
///
/// | predicate | arguments | repeated | printed |
/// | --- | --- | --- | --- |
/// | `Path` | 1 string | refuses the document | quoted |
/// | `Host` | 1 string | all must match | `/…/` |
/// | `PathRegexp` | 1 string | all must match | `/…/` |
/// | `Method` | 1 string | refuses the document | quoted |
/// | `Header` | 2 strings | the same name refuses the document | quoted, sorted by the printed text |
/// | `HeaderRegexp` | 2 strings | all must match | the second `/…/`, sorted by the printed text |
///
/// `*` and `Any()` match everything; they are kept in the tree and dropped when printing.
public enum LanguagePredicate {
  PATH("Path", 1, Repeat.NEVER, false),
  HOST("Host", 1, Repeat.FREE, true),
  PATH_REGEXP("PathRegexp", 1, Repeat.FREE, true),
  METHOD("Method", 1, Repeat.NEVER, false),
  HEADER("Header", 2, Repeat.OTHER_NAME, false),
  HEADER_REGEXP("HeaderRegexp", 2, Repeat.FREE, true);

  /// Whether a predicate may stand more than once in a route.
  public enum Repeat {
    FREE,
    NEVER,
    /// Only with another first argument.
    OTHER_NAME
  }

  private final String text;
  private final int arity;
  private final Repeat repeat;
  private final boolean regexp;

  LanguagePredicate(String text, int arity, Repeat repeat, boolean regexp) {
    this.text = text;
    this.arity = arity;
    this.repeat = repeat;
    this.regexp = regexp;
  }

  /// The predicate of this name, or null for a name that means nothing to the language.
  public static @Nullable LanguagePredicate of(String name) {
    return switch (name) {
      case "Path" -> PATH;
      case "Host" -> HOST;
      case "PathRegexp" -> PATH_REGEXP;
      case "Method" -> METHOD;
      case "Header" -> HEADER;
      case "HeaderRegexp" -> HEADER_REGEXP;
      default -> null;
    };
  }

  /// True for `*` and `Any`, which add nothing to a route.
  public static boolean matchesEverything(CallNode predicate) {
    return predicate.name().equals("*") || predicate.name().equals("Any");
  }

  /// The name as written in a route file.
  public String text() {
    return text;
  }

  /// How many arguments it takes; all of them are strings.
  public int arity() {
    return arity;
  }

  public Repeat repeat() {
    return repeat;
  }

  /// True when its last argument is a regular expression.
  public boolean isRegexp() {
    return regexp;
  }

  /// True when several of them print sorted by their text.
  boolean sorted() {
    return arity == 2;
  }
}
