package dev.sluice.routes.args;

import dev.sluice.routes.spi.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the Cookie header (RFC 6265 §5.4), skipping what is malformed.
public final class Cookies {
  private Cookies() {}

  /// Value of the first cookie of this name, without surrounding quotes, or null. Names compare exactly.
  public static @Nullable String first(Headers headers, String name) {
    List<String> lines = headers.all("Cookie");
    for (int i = 0; i < lines.size(); i++) {
      String value = first(lines.get(i), name);
      if (value != null) {
        return value;
      }
    }
    return null;
  }

  private static @Nullable String first(String line, String name) {
    int at = 0;
    while (at < line.length()) {
      int end = line.indexOf(';', at);
      end = end < 0 ? line.length() : end;
      String pair = line.substring(at, end).strip();
      if (pair.equals(name) && !name.isEmpty()) {
        return "";
      }
      if (pair.startsWith(name) && pair.length() > name.length()) {
        int equals = pair.indexOf('=');
        if (equals > 0 && pair.substring(0, equals).stripTrailing().equals(name)) {
          String value = value(pair.substring(equals + 1));
          if (value != null) {
            return value;
          }
        }
      }
      at = end + 1;
    }
    return null;
  }

  private static @Nullable String value(String raw) {
    boolean quoted = raw.length() > 1 && raw.startsWith("\"") && raw.endsWith("\"");
    String value = quoted ? raw.substring(1, raw.length() - 1) : raw;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c < 0x20 || c >= 0x7f || c == '"' || c == '\\') {
        return null;
      }
    }
    return value;
  }
}
