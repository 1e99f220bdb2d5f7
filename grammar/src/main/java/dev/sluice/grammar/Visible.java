package dev.sluice.grammar;

/// Characters as a terminal shows them safely: nothing of a user's text can move the cursor, change colours or turn the reading
/// direction.
final class Visible {
  private static final String TAB = "    ";

  private Visible() {}

  /// What stands for one code point.
  static String of(int code) {
    if (code == '\t') {
      return TAB;
    }
    if (code < ' ') {
      return Character.toString(0x2400 + code);
    }
    if (code == 0x7F) {
      return "\u2421";
    }
    return switch (Character.getType(code)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.UNASSIGNED, Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR -> "\uFFFD";
      default -> Character.toString(code);
    };
  }

  static String of(String text) {
    if (text.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
      return text;
    }
    var out = new StringBuilder();
    text.codePoints().forEach(code -> out.append(of(code)));
    return out.toString();
  }

  /// Columns of a terminal that the shown form of a code point takes.
  static int width(int code) {
    if (code == '\t') {
      return TAB.length();
    }
    int type = Character.getType(code);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    return isWide(code) ? 2 : 1;
  }

  private static boolean isWide(int c) {
    return c >= 0x1100
        && (c <= 0x115F || c >= 0x2E80 && c <= 0xA4CF && c != 0x303F || c >= 0xAC00 && c <= 0xD7A3 || c >= 0xF900 && c <= 0xFAFF
            || c >= 0xFE30 && c <= 0xFE6F || c >= 0xFF00 && c <= 0xFF60 || c >= 0xFFE0 && c <= 0xFFE6
            || c >= 0x1F300 && c <= 0x1F64F || c >= 0x1F680 && c <= 0x1F6FF || c >= 0x1F900 && c <= 0x1F9FF
            || c >= 0x20000 && c <= 0x3FFFD);
  }
}
