package dev.sluice.routes.args;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a regular expression means when it is made of literals alone: `^/api`, `[.]jpg$`, `^(a|b)$`, `^(api[.]example[.]org[.]?(:[0-9]+)?)$`.
/// Such expressions need no engine, and tables index them.
///
/// @param words at least one; any of them may be found
/// @param start the word must stand at the start
/// @param end the word must stand at the end
/// @param dot behind the word a `.` may follow
/// @param port behind that a `:` and digits may follow; both only together with `start` and `end`
public record LiteralShape(Set<String> words, boolean start, boolean end, boolean dot, boolean port) {
  private static final String SPECIAL = "\\.+*?()|[]{}^$";
  private static final String DOT = "[.]?";
  private static final List<String> PORTS = List.of("(:[0-9]+)?", "(:\\d+)?", "(?::[0-9]+)?", "(?::\\d+)?");

  /// The shape of a pattern, or null when it is not made of literals.
  static @Nullable LiteralShape of(String pattern) {
    boolean start = pattern.startsWith("^");
    boolean end = pattern.endsWith("$") && !pattern.endsWith("\\$");
    if (pattern.length() < (start ? 1 : 0) + (end ? 1 : 0)) {
      return null;
    }
    String inner = pattern.substring(start ? 1 : 0, pattern.length() - (end ? 1 : 0));
    Tail outer = Tail.of(inner);
    List<String> alternatives = alternatives(outer.rest);
    Tail common = null;
    var words = new LinkedHashSet<String>();
    for (String alternative : alternatives) {
      Tail tail = Tail.of(alternative);
      String word = literal(tail.rest);
      if (word == null || common != null && !common.sameAs(tail)) {
        return null;
      }
      common = tail;
      words.add(word);
    }
    if (common == null) {
      return null;
    }
    boolean dot = outer.dot || common.dot;
    boolean port = outer.port || common.port;
    boolean twice = (outer.dot || outer.port) && (common.dot || common.port);
    if (twice || (dot || port) && !(start && end)) {
      return null;
    }
    return new LiteralShape(Set.copyOf(words), start, end, dot, port);
  }

  boolean matches(String text) {
    if (start && end) {
      return words.contains(text) || (dot || port) && words.contains(withoutTail(text));
    }
    for (String word : words) {
      if (start ? text.startsWith(word) : end ? text.endsWith(word) : text.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private String withoutTail(String text) {
    int end = text.length();
    if (port) {
      int digits = end;
      while (digits > 0 && text.charAt(digits - 1) >= '0' && text.charAt(digits - 1) <= '9') {
        digits--;
      }
      if (digits < end && digits > 0 && text.charAt(digits - 1) == ':') {
        end = digits - 1;
      }
    }
    if (dot && end > 0 && text.charAt(end - 1) == '.') {
      end--;
    }
    return text.substring(0, end);
  }

  /// `(a|b)` and `(?:a|b)` split; anything else is one alternative.
  private static List<String> alternatives(String text) {
    if (!text.startsWith("(") || !text.endsWith(")") || text.endsWith("\\)")) {
      return List.of(text);
    }
    String inner = text.substring(text.startsWith("(?:") ? 3 : 1, text.length() - 1);
    var found = new ArrayList<String>();
    int depth = 0;
    int from = 0;
    for (int i = 0; i < inner.length(); i++) {
      switch (inner.charAt(i)) {
        case '\\' -> i++;
        case '(' -> depth++;
        case ')' -> depth--;
        case '|' -> {
          if (depth == 0) {
            found.add(inner.substring(from, i));
            from = i + 1;
          }
        }
        default -> { }
      }
      if (depth < 0) {
        return List.of(text);
      }
    }
    found.add(inner.substring(from));
    return found;
  }

  /// The text that a pattern without operators stands for, or null.
  private static @Nullable String literal(String pattern) {
    var text = new StringBuilder(pattern.length());
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '[' && i + 2 < pattern.length() && pattern.charAt(i + 2) == ']' && "^\\[".indexOf(pattern.charAt(i + 1)) < 0) {
        text.append(pattern.charAt(i + 1));
        i += 2;
      } else if (c == '\\' && i + 1 < pattern.length() && isEscapedPunctuation(pattern.charAt(i + 1))) {
        text.append(pattern.charAt(++i));
      } else if (SPECIAL.indexOf(c) >= 0) {
        return null;
      } else {
        text.append(c);
      }
      if (Character.isSurrogate(c)) {
        return null;
      }
    }
    return text.toString();
  }

  private static boolean isEscapedPunctuation(char c) {
    return c < 128 && !(c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z');
  }

  /// What may follow a word, cut off its pattern.
  private record Tail(String rest, boolean dot, boolean port) {
    static Tail of(String pattern) {
      String rest = pattern;
      boolean port = false;
      for (String form : PORTS) {
        if (!port && rest.endsWith(form)) {
          rest = rest.substring(0, rest.length() - form.length());
          port = true;
        }
      }
      boolean dot = rest.endsWith(DOT) || rest.endsWith("\\.?") && !rest.endsWith("\\\\.?");
      if (dot) {
        rest = rest.substring(0, rest.length() - (rest.endsWith(DOT) ? DOT.length() : 3));
      }
      return new Tail(rest, dot, port);
    }

    boolean sameAs(Tail other) {
      return dot == other.dot && port == other.port;
    }
  }
}
