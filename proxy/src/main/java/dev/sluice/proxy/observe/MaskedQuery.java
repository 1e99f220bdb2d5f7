package dev.sluice.proxy.observe;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Writes a query with some values replaced by their hash: sorted by name, as Skipper's log does. Pairs with a broken escape or a semicolon
/// are left out, as they count for nothing elsewhere. Bytes are Latin-1 characters all through.
final class MaskedQuery {
  private static final String HEX = "0123456789ABCDEF";

  private MaskedQuery() {}

  /// @param target path and query
  /// @param masked names, decoded
  static String of(String target, Set<String> masked) {
    int mark = target.indexOf('?');
    if (mark < 0) {
      return target;
    }
    Map<String, List<String>> parameters = parse(target.substring(mark + 1));
    masked.forEach(name -> parameters.computeIfPresent(latin(name), (n, values) -> hashed(values)));
    var out = new StringBuilder(target.length() + 16).append(target, 0, mark);
    char before = '?';
    for (var entry : parameters.entrySet()) {
      for (String value : entry.getValue()) {
        encode(out.append(before), entry.getKey());
        encode(out.append('='), value);
        before = '&';
      }
    }
    return out.toString();
  }

  /// One hash for all values; empty ones say nothing and stay.
  private static List<String> hashed(List<String> values) {
    return values.stream()
        .filter(value -> !value.isEmpty())
        .findFirst()
        .map(value -> List.of(Long.toUnsignedString(XxHash64.of(value.getBytes(StandardCharsets.ISO_8859_1)))))
        .orElse(values);
  }

  private static Map<String, List<String>> parse(String query) {
    var parameters = new TreeMap<String, List<String>>();
    for (String pair : query.split("&")) {
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals));
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
      if (!pair.isEmpty() && pair.indexOf(';') < 0 && name != null && value != null) {
        parameters.computeIfAbsent(name, n -> new ArrayList<>(1)).add(value);
      }
    }
    return parameters;
  }

  private static @org.jspecify.annotations.Nullable String decode(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    var out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        out.append(c == '+' ? ' ' : c);
        continue;
      }
      int high = i + 2 < text.length() ? Character.digit(text.charAt(i + 1), 16) : -1;
      int low = i + 2 < text.length() ? Character.digit(text.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        return null;
      }
      out.append((char) (high << 4 | low));
      i += 2;
    }
    return out.toString();
  }

  private static void encode(StringBuilder out, String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-_.~".indexOf(c) >= 0) {
        out.append(c);
      } else if (c == ' ') {
        out.append('+');
      } else {
        out.append('%').append(HEX.charAt(c >> 4 & 15)).append(HEX.charAt(c & 15));
      }
    }
  }

  private static String latin(String name) {
    return new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
