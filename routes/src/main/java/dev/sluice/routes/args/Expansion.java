package dev.sluice.routes.args;

import com.google.re2j.Matcher;

/// Fills a replacement with the groups of a match, as Go's `regexp.Expand` does.
final class Expansion {
  private Expansion() {}

  static void append(StringBuilder out, String replacement, Matcher match) {
    int at = 0;
    int dollar = replacement.indexOf('$');
    while (dollar >= 0) {
      out.append(replacement, at, dollar);
      at = reference(out, replacement, dollar + 1, match);
      dollar = replacement.indexOf('$', at);
    }
    out.append(replacement, at, replacement.length());
  }

  /// Reads behind a dollar sign; gives where to go on.
  private static int reference(StringBuilder out, String replacement, int at, Matcher match) {
    if (replacement.startsWith("$", at)) {
      out.append('$');
      return at + 1;
    }
    boolean braces = replacement.startsWith("{", at);
    int from = braces ? at + 1 : at;
    int to = from;
    while (to < replacement.length() && isName(replacement.charAt(to))) {
      to++;
    }
    if (to == from || braces && !replacement.startsWith("}", to)) {
      out.append('$'); // malformed: a literal dollar
      return at;
    }
    String value = group(match, replacement.substring(from, to));
    out.append(value);
    return braces ? to + 1 : to;
  }

  private static boolean isName(char c) {
    return c == '_' || Character.isLetterOrDigit(c);
  }

  private static String group(Matcher match, String name) {
    String value = null;
    if (name.chars().allMatch(c -> c >= '0' && c <= '9')) {
      boolean known = name.length() < 5 && Integer.parseInt(name) <= match.groupCount();
      value = known ? match.group(Integer.parseInt(name)) : null;
    } else if (match.pattern().namedGroups().containsKey(name)) {
      value = match.group(name);
    }
    return value == null ? "" : value;
  }
}
