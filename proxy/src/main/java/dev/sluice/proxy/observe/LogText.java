package dev.sluice.proxy.observe;

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
      } else if (c < ' ' && c != '\t' || c == 0x7F) {
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
      if (c < ' ' || c == 0x7F) {
        hex(out, c);
      } else if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else {
        out.append(c);
      }
    }
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
          if (c < ' ' || c == 0x2028 || c == 0x2029) {
            out.append("\\u").append(HEX[c >> 12]).append(HEX[c >> 8 & 15]).append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
          } else {
            out.append(c);
          }
        }
      }
    }
  }

  private static void hex(StringBuilder out, char c) {
    out.append("\\x").append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
  }
}
