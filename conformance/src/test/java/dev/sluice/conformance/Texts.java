package dev.sluice.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// Reading texts and patterns as the recordings mean them.
final class Texts {

  /// What Python and Java read differently, or only one of them knows: set operations and nested sets within `[…]`, named
  /// groups, `\Z`, `\Q`, and the escapes that only Java has.
  private static final Pattern DIFFERENT =
      Pattern.compile("\\(\\?P|\\(\\?<[^=!]"
          + "|(?<!\\\\)\\[(?:[^\\]\\\\]|\\\\.)*&&"
          + "|(?<!\\\\)\\[\\^?\\]?(?:[^\\]\\\\]|\\\\.)*?\\[(?!:)"
          + "|\\\\[ZzQEGhHvVRXpPkK]");

  private Texts() {}

  /// A pattern whose `.` matches everything, as for values and bodies; to be used with `matches` or `find`.
  static Pattern whole(String pattern) {
    return compile(pattern, Pattern.DOTALL);
  }

  /// A pattern to look for in what was printed, line by line.
  static Pattern printed(String pattern) {
    return compile(pattern, 0);
  }

  private static Pattern compile(String pattern, int flags) {
    if (DIFFERENT.matcher(pattern).find()) {
      throw new IllegalArgumentException("a pattern that Python and Java may read differently: " + pattern);
    }
    return Pattern.compile(pattern, flags | Pattern.UNIX_LINES | Pattern.UNICODE_CHARACTER_CLASS);
  }

  /// A file's text; line ends become `\n`, bytes that are no UTF-8 become U+FFFD.
  static String file(Path file) throws IOException {
    return printedText(Files.readAllBytes(file)).replace("\r\n", "\n").replace('\r', '\n');
  }

  static String printedText(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /// At most the last characters of a text.
  static String tail(String text, int length) {
    return text.substring(Math.max(0, text.length() - length));
  }

  /// At most the first characters of a text.
  static String head(String text, int length) {
    return text.substring(0, Math.min(length, text.length()));
  }
}
