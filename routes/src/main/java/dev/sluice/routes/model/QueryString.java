package dev.sluice.routes.model;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Parameters of a raw query, as Go reads them: only `&` separates, `+` is a blank, a pair with a broken escape or a semicolon does not
/// count.
public final class QueryString {
  private QueryString() {}

  /// First value of a parameter, decoded, or null when there is none. Names compare decoded and with case.
  public static @Nullable String first(@Nullable String query, String name) {
    if (query == null) {
      return null;
    }
    for (int start = 0; start <= query.length(); ) {
      int end = query.indexOf('&', start);
      if (end < 0) {
        end = query.length();
      }
      int equals = query.indexOf('=', start);
      int nameEnd = equals < 0 || equals > end ? end : equals;
      if (end > start && query.substring(start, end).indexOf(';') < 0 && name.equals(decode(query, start, nameEnd))) {
        String value = nameEnd == end ? "" : decode(query, nameEnd + 1, end);
        if (value != null) {
          return value;
        }
      }
      start = end + 1;
    }
    return null;
  }

  /// Text between two positions with escapes and `+` decoded, or null when an escape is broken.
  public static @Nullable String decode(String text, int start, int end) {
    boolean plain = true;
    for (int i = start; i < end && plain; i++) {
      char c = text.charAt(i);
      plain = c != '%' && c != '+';
    }
    if (plain) {
      return text.substring(start, end);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(end - start);
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = i + 2 < end ? Character.digit(text.charAt(i + 1), 16) : -1;
        int low = i + 2 < end ? Character.digit(text.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          return null;
        }
        bytes.write(high * 16 + low);
        i += 2;
      } else if (c == '+') {
        bytes.write(' ');
      } else if (c < 0x80) {
        bytes.write(c);
      } else {
        int point = text.codePointAt(i);
        bytes.writeBytes(new String(Character.toChars(point)).getBytes(StandardCharsets.UTF_8));
        i += Character.charCount(point) - 1;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
