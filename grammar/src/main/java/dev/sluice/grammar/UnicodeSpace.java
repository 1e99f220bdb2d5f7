package dev.sluice.grammar;

/// White space of Unicode around a predicate list or filter chain, which is trimmed there although it is illegal in a document.
final class UnicodeSpace {
  private UnicodeSpace() {}

  /// The part of a text between leading and trailing white space and byte order marks.
  static Span trim(byte[] bytes) {
    String text = ByteText.decode(bytes, 0, bytes.length);
    int start = 0;
    while (start < text.length() && isSpace(text.charAt(start))) {
      start++;
    }
    int end = text.length();
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    int offset = ByteText.encode(text.substring(0, start)).length;
    return new Span(offset, offset + ByteText.encode(text.substring(start, end)).length);
  }

  /// What Go's `unicode.IsSpace` counts as white space, and the byte order mark.
  static boolean isSpace(char c) {
    return switch (c) {
      case '\t', '\n', '\u000B', '\f', '\r', ' ', '\u0085', '\u00A0', '\u1680', '\u2028', '\u2029', '\u202F', '\u205F', '\u3000',
          '\uFEFF' -> true;
      default -> c >= '\u2000' && c <= '\u200A';
    };
  }
}
