package dev.sluice.routes.args;

import org.jspecify.annotations.Nullable;

/// Percent-encoding of URLs (RFC 3986 §2.1). Bytes that are not UTF-8 are lone surrogates `U+DC00 + byte` in decoded text.
public final class PercentEncoding {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();
  private static final String UNRESERVED = "-_.~";
  private static final String PATH = "-_.~$&+,:;=@/";
  /// What may stand raw in a path or query beside letters, digits and `%`.
  private static final String ALLOWED = "-_.~!$&'()*+,;=:@/?[]";

  private PercentEncoding() {}

  /// A component of a query: everything but letters, digits and `-_.~` is encoded, a blank becomes `+`.
  public static String query(String text) {
    return encode(text, UNRESERVED, true);
  }

  /// A decoded path: everything but letters, digits, slashes and `-_.~$&+,:;=@` is encoded.
  public static String path(String decoded) {
    return encode(decoded, PATH, false);
  }

  /// Encodes what may not stand raw in a path or query; valid escapes stay.
  public static String repair(String text) {
    var out = new StringBuilder(text.length() + 8);
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      if (isEscape(text, i)) {
        out.append(encode(text.substring(from, i), ALLOWED, false)).append(text, i, i + 3);
        i += 2;
        from = i + 1;
      }
    }
    return out.append(encode(text.substring(from), ALLOWED, false)).toString();
  }

  /// True when every `%` begins an escape.
  public static boolean isEscaped(String text) {
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
      if (!isEscape(text, i)) {
        return false;
      }
    }
    return true;
  }

  /// Decodes a component of a query (`+` is a blank), or gives null when an escape is malformed.
  public static @Nullable String decodeQuery(String text) {
    return decode(text.replace('+', ' '));
  }

  /// Decodes a path, or gives null when an escape is malformed.
  public static @Nullable String decodePath(String text) {
    return decode(text);
  }

  private static @Nullable String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text;
    }
    if (!isEscaped(text)) {
      return null;
    }
    byte[] bytes = new byte[text.length() * 3];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        bytes[length++] = (byte) (Character.digit(text.charAt(i + 1), 16) << 4 | Character.digit(text.charAt(i + 2), 16));
        i += 2;
      } else if (c < 0x80) {
        bytes[length++] = (byte) c;
      } else {
        byte[] encoded = Utf8Bytes.encode(text.substring(i, i + (Character.isHighSurrogate(c) && i + 1 < text.length() ? 2 : 1)));
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
        i += Character.isHighSurrogate(c) && i + 1 < text.length() ? 1 : 0;
      }
    }
    return Utf8Bytes.decode(bytes, length);
  }

  private static boolean isEscape(String text, int at) {
    return text.charAt(at) == '%'
        && at + 2 < text.length()
        && Character.digit(text.charAt(at + 1), 16) >= 0
        && Character.digit(text.charAt(at + 2), 16) >= 0;
  }

  private static String encode(String text, String allowed, boolean plus) {
    var out = new StringBuilder(text.length() + 8);
    for (byte b : Utf8Bytes.encode(text)) {
      char c = (char) (b & 0xff);
      if (c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || allowed.indexOf(c) >= 0) {
        out.append(c);
      } else if (plus && c == ' ') {
        out.append('+');
      } else {
        out.append('%').append(HEX[c >> 4]).append(HEX[c & 15]);
      }
    }
    return out.toString();
  }
}
