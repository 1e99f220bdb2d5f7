package dev.sluice.routes.args;

import dev.sluice.routes.spi.ArgumentProblem;

/// Rules of Go's regular expressions that RE2/J does not check: nesting to a depth of 1000, nested counts whose product is at most 1000, and
/// no backslash before a character outside ASCII; and a length, since RE2/J copies the rest of the text at each character of a class. Checked before
/// RE2/J sees the text, as its parser is recursive.
final class RegexLimits {
  private static final int MOST_CHARACTERS = 100_000;
  private static final int MOST_NESTED = 1000;
  private static final int MOST_REPEATED = 1000;

  private final String text;
  private int at;
  private int depth;

  private RegexLimits(String text) {
    this.text = text;
  }

  /// @throws ArgumentProblem when a rule is broken
  static void check(String pattern) {
    if (pattern.length() > MOST_CHARACTERS) {
      throw new ArgumentProblem("is a regular expression of more than 100,000 characters");
    }
    var limits = new RegexLimits(pattern);
    while (limits.at < pattern.length()) {
      limits.alternatives();
      limits.at++; // a closing parenthesis too many: RE2/J reports it
    }
  }

  /// Reads to the closing parenthesis or the end; gives the largest product of counts inside.
  private int alternatives() {
    int most = 1;
    while (at < text.length() && text.charAt(at) != ')') {
      int inside = atom();
      int count = count();
      if (count > 1 && (long) inside * count > MOST_REPEATED) {
        throw new ArgumentProblem("is no regular expression: counts multiply to more than 1000: \"" + text + "\"");
      }
      most = Math.max(most, inside * Math.max(1, count));
    }
    return most;
  }

  private int atom() {
    switch (text.charAt(at)) {
      case '\\' -> escape();
      case '[' -> characterClass();
      case '(' -> {
        if (++depth > MOST_NESTED) {
          throw new ArgumentProblem("is no regular expression: nested deeper than 1000");
        }
        at++;
        int inside = alternatives();
        at++;
        depth--;
        return inside;
      }
      default -> at++;
    }
    return 1;
  }

  private void escape() {
    if (text.startsWith("\\Q", at)) {
      int end = text.indexOf("\\E", at + 2);
      at = end < 0 ? text.length() : end + 2;
      return;
    }
    if (at + 1 < text.length() && text.charAt(at + 1) > 127) {
      throw new ArgumentProblem("is no regular expression: invalid escape sequence \"" + text.substring(at, at + 2) + "\"");
    }
    at += 2;
  }

  private void characterClass() {
    at++;
    if (text.startsWith("^", at)) {
      at++;
    }
    if (text.startsWith("]", at)) {
      at++;
    }
    while (at < text.length() && text.charAt(at) != ']') {
      if (text.startsWith("[:", at) && text.indexOf(":]", at + 2) > 0) {
        at = text.indexOf(":]", at + 2) + 2;
      } else if (text.charAt(at) == '\\') {
        escape();
      } else {
        at++;
      }
    }
    at++;
  }

  /// A count `{n}`, `{n,}` or `{n,m}` behind an atom: the larger number; 0 when there is none.
  private int count() {
    if (at >= text.length() || text.charAt(at) != '{') {
      return 0;
    }
    int close = text.indexOf('}', at);
    if (close < 0 || close - at > 12) {
      return 0;
    }
    String inside = text.substring(at + 1, close);
    if (!inside.matches("[0-9]+(,[0-9]*)?")) {
      return 0;
    }
    at = close + 1;
    int most = 0;
    for (String number : inside.split(",")) {
      most = number.length() > 5 ? MOST_REPEATED + 1 : Math.max(most, Integer.parseInt(number));
    }
    return most;
  }
}
