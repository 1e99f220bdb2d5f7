package dev.sluice.proxy.observe;

import java.util.Map;

/// Text of clients in log lines: nothing in it can break a line or steer a terminal.
final class LogText {
  private static final char[] HEX = "0123456789abcdef".toCharArray();

  private LogText() {}

  /// Control characters as `\xNN`; line ends of our own messages stay readable as further lines, indented.
  static void plain(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n') {
        out.append("\n    ");
      } else if (isControl(c) && c != '\t') {
        hex(out, c);
      } else {
        out.append(c);
      }
    }
  }

  /// Inside double quotes of an access log line.
  static void quoted(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isControl(c) || Character.isSurrogate(c)) {
        hex(out, c);
      } else if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else {
        out.append(c);
      }
    }
  }

  private static boolean isControl(char c) {
    return c < ' ' || c >= 0x7F && c < 0xA0 || c == 0x2028 || c == 0x2029;
  }

  static void json(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (isControl(c) || Character.isSurrogate(c)) {
            out.append("\\u").append(HEX[c >> 12]).append(HEX[c >> 8 & 15]).append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
          } else {
            out.append(c);
          }
        }
      }
    }
  }

  /// Text, numbers, booleans, and maps of these; anything else as its text.
  static void jsonValue(StringBuilder out, Object value) {
    switch (value) {
      case Number number -> out.append(number);
      case Boolean flag -> out.append(flag);
      case Map<?, ?> members -> {
        out.append('{');
        members.forEach((name, member) -> {
          out.append(out.charAt(out.length() - 1) == '{' ? "\"" : ",\"");
          json(out, String.valueOf(name));
          out.append("\":");
          jsonValue(out, member);
        });
        out.append('}');
      }
      default -> {
        out.append('"');
        json(out, value.toString());
        out.append('"');
      }
    }
  }

  private static void hex(StringBuilder out, char c) {
    if (c > 0xFF) {
      out.append("\\u").append(HEX[c >> 12]).append(HEX[c >> 8 & 15]);
    } else {
      out.append("\\x");
    }
    out.append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
  }
}
