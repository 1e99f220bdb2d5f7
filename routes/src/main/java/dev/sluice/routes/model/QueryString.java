package dev.sluice.routes.model;

import dev.sluice.grammar.ByteText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads parameters out of a raw query, in the form of HTML forms: pairs between `&`, `+` for a blank, percent escapes in names
/// and values. A pair with a broken escape or a semicolon does not exist, as in Skipper.
public final class QueryString {
  private QueryString() {}

  /// Value of the first parameter of this name, decoded; empty for one without `=`; null when there is none.
  ///
  /// @param raw null is a request without a query
  public static @Nullable String first(@Nullable String raw, String name) {
    for (int at = 0; raw != null && at <= raw.length(); at = end(raw, at) + 1) {
      int end = end(raw, at);
      if (isNamed(raw, at, end, name)) {
        return value(raw, at, end);
      }
    }
    return null;
  }

  /// Values of all parameters of this name, in order.
  public static List<String> all(@Nullable String raw, String name) {
    List<String> values = List.of();
    for (int at = 0; raw != null && at <= raw.length(); at = end(raw, at) + 1) {
      int end = end(raw, at);
      if (isNamed(raw, at, end, name)) {
        values = values.isEmpty() ? new ArrayList<>() : values;
        values.add(value(raw, at, end));
      }
    }
    return values;
  }

  private static int end(String raw, int at) {
    int end = raw.indexOf('&', at);
    return end < 0 ? raw.length() : end;
  }

  private static boolean isNamed(String raw, int at, int end, String name) {
    if (at == end || !isSound(raw, at, end) || raw.indexOf(';', at, end) >= 0) {
      return false;
    }
    int stop = nameEnd(raw, at, end);
    boolean plain = stop - at == name.length() && raw.startsWith(name, at);
    return isEncoded(raw, at, stop) ? decodeSound(raw, at, stop).equals(name) : plain;
  }

  private static String value(String raw, int at, int end) {
    int from = Math.min(end, nameEnd(raw, at, end) + 1);
    return isEncoded(raw, from, end) ? decodeSound(raw, from, end) : raw.substring(from, end);
  }

  private static int nameEnd(String raw, int at, int end) {
    int equals = raw.indexOf('=', at);
    return equals < 0 || equals > end ? end : equals;
  }

  private static boolean isSound(String raw, int at, int end) {
    for (int i = at; i < end; i++) {
      if (raw.charAt(i) == '%' && (i + 2 >= end || !RequestPath.isEscape(raw, i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isEncoded(String raw, int at, int end) {
    for (int i = at; i < end; i++) {
      if (raw.charAt(i) == '%' || raw.charAt(i) == '+') {
        return true;
      }
    }
    return false;
  }

  /// The text between two positions, with escapes and `+` decoded, or null when an escape is broken.
  public static @Nullable String decode(String raw, int at, int end) {
    if (!isEncoded(raw, at, end)) {
      return raw.substring(at, end);
    }
    return isSound(raw, at, end) ? decodeSound(raw, at, end) : null;
  }

  private static String decodeSound(String raw, int at, int end) {
    byte[] bytes = ByteText.encode(raw.substring(at, end));
    int count = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '%') {
        bytes[count++] = (byte) (Character.digit(bytes[i + 1], 16) << 4 | Character.digit(bytes[i + 2], 16));
        i += 2;
      } else {
        bytes[count++] = bytes[i] == '+' ? (byte) ' ' : bytes[i];
      }
    }
    return ByteText.decode(bytes, 0, count);
  }
}
