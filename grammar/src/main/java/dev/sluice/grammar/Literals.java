package dev.sluice.grammar;

import dev.sluice.grammar.LiteralNode.Form;
import java.io.ByteArrayOutputStream;

/// How strings and regular expressions are written: escapes read and printed.
///
/// In `"…"` and `` `…` `` a backslash stands before `a b f n r t v`, the delimiter or itself; before any other byte it stays. In
/// `/…/`
/// only `\/` and `\\` are escapes. So nothing is raw, and `/\\d/` is the same as `/\d/`.
final class Literals {
  private static final String CONTROLS = "\u0007\b\f\n\r\t\u000B";
  private static final String LETTERS = "abfnrtv";

  private Literals() {}

  /// Value of the literal whose content stands between `from` and `to`.
  static String read(byte[] bytes, int from, int to, Form form) {
    return isPlain(bytes, from, to) ? ByteText.decode(bytes, from, to) : unescape(bytes, from, to, form);
  }

  /// True when the content has no backslash, so that it is its own value.
  static boolean isPlain(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == '\\') {
        return false;
      }
    }
    return true;
  }

  private static String unescape(byte[] bytes, int from, int to, Form form) {
    var out = new ByteArrayOutputStream(to - from);
    for (int i = from; i < to; i++) {
      int b = bytes[i];
      if (b == '\\' && i + 1 < to) {
        i++;
        int escaped = unescaped(bytes[i], form);
        if (escaped < 0) {
          out.write('\\');
          out.write(bytes[i]);
        } else {
          out.write(escaped);
        }
      } else {
        out.write(b);
      }
    }
    byte[] value = out.toByteArray();
    return ByteText.decode(value, 0, value.length);
  }

  private static int unescaped(int b, Form form) {
    if (b == '\\' || b == delimiter(form)) {
      return b;
    }
    int control = form == Form.REGEXP || b == 0 ? -1 : LETTERS.indexOf(b);
    return control < 0 ? -1 : CONTROLS.charAt(control);
  }

  static char delimiter(Form form) {
    return switch (form) {
      case QUOTED -> '"';
      case BACKQUOTED -> '`';
      case REGEXP -> '/';
    };
  }

  static Form form(byte delimiter) {
    return switch (delimiter) {
      case '"' -> Form.QUOTED;
      case '`' -> Form.BACKQUOTED;
      default -> Form.REGEXP;
    };
  }

  /// Writes a value in double quotes; it always reads back as the same value.
  static void quote(StringBuilder out, String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int control = c < ' ' ? CONTROLS.indexOf(c) : -1;
      if (control >= 0) {
        out.append('\\').append(LETTERS.charAt(control));
      } else {
        if (c == '"' || c == '\\') {
          out.append('\\');
        }
        out.append(c);
      }
    }
    out.append('"');
  }

  /// Writes a regular expression between slashes when that reads back as the same expression, else in double quotes. Control
  /// characters
  /// become escapes that mean the same to the regular expression engine.
  static void regexp(StringBuilder out, String value) {
    int start = out.length();
    if (value.isEmpty() || !slashes(out, value)) {
      out.setLength(start);
      quote(out, value);
    }
  }

  /// Returns false when the text between the slashes would be read differently.
  private static boolean slashes(StringBuilder out, String value) {
    out.append('/');
    boolean inClass = false;
    boolean escaped = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      int control = c < ' ' ? CONTROLS.indexOf(c) : -1;
      if (control >= 0 && escaped) {
        return false;
      }
      // A doubled backslash is one escape to the reader, so a bracket behind it opens or closes a class.
      inClass = c == '[' || c != ']' && inClass;
      escaped = c == '\\' && !escaped;
      if (c == '\b') {
        out.append("\\x08");
      } else if (control >= 0) {
        out.append('\\').append(LETTERS.charAt(control));
      } else {
        if (c == '/' || c == '\\') {
          out.append('\\');
        }
        out.append(c);
      }
    }
    out.append('/');
    return !inClass;
  }
}
