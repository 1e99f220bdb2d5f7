package dev.sluice.proxy.filter.cookie;

import dev.sluice.routes.args.Tokens;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A Set-Cookie line, read leniently and written in a fixed order; unknown attributes are lost.
///
/// @param pair name and value as received
/// @param attributes as written: Path, Domain, Expires, Max-Age, HttpOnly, Secure, SameSite, Partitioned, those that are there
record SetCookie(String name, String pair, List<String> attributes) {
  private static final List<String> ORDER =
      List.of("path", "domain", "expires", "max-age", "httponly", "secure", "samesite", "partitioned");

  static String nameOf(String line) {
    int end = line.indexOf(';');
    String pair = (end < 0 ? line : line.substring(0, end)).strip();
    int equals = pair.indexOf('=');
    return equals < 0 ? "" : pair.substring(0, equals).strip();
  }

  /// Null when the line has no name.
  static @Nullable SetCookie parse(String line) {
    String name = nameOf(line);
    if (!Tokens.isToken(name)) {
      return null;
    }
    String[] parts = line.split(";");
    String[] written = new String[ORDER.size()];
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].strip();
      int equals = part.indexOf('=');
      String key = (equals < 0 ? part : part.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
      String value = equals < 0 ? "" : part.substring(equals + 1).strip();
      int at = ORDER.indexOf(key);
      if (at >= 0) {
        written[at] = attribute(key, value);
      }
    }
    return new SetCookie(name, parts[0].strip(), Arrays.stream(written).filter(Objects::nonNull).toList());
  }

  private static @Nullable String attribute(String key, String value) {
    return switch (key) {
      case "path" -> value.isEmpty() ? null : "Path=" + value;
      case "domain" -> value.isEmpty() ? null : "Domain=" + (value.startsWith(".") ? value.substring(1) : value);
      case "expires" -> expires(value);
      case "max-age" -> maxAge(value);
      case "httponly" -> "HttpOnly";
      case "secure" -> "Secure";
      case "samesite" -> sameSite(value);
      case "partitioned" -> "Partitioned";
      default -> null;
    };
  }

  private static @Nullable String expires(String value) {
    return value.matches("[A-Z][a-z]{2}, [0-9]{2}[ -][A-Z][a-z]{2}[ -][0-9]{4} [0-9:]{8} GMT")
        ? "Expires=" + value.substring(0, 16).replace('-', ' ') + value.substring(16)
        : null;
  }

  private static @Nullable String maxAge(String value) {
    if (!value.matches("-?[0-9]{1,18}") || value.startsWith("0") && value.length() > 1) {
      return null;
    }
    return "Max-Age=" + Math.max(0, Long.parseLong(value));
  }

  private static @Nullable String sameSite(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "lax" -> "SameSite=Lax";
      case "strict" -> "SameSite=Strict";
      case "none" -> "SameSite=None";
      default -> null;
    };
  }

  @Override
  public String toString() {
    return attributes.isEmpty() ? pair : pair + "; " + String.join("; ", attributes);
  }
}
