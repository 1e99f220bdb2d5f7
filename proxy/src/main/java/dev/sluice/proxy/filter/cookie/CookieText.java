package dev.sluice.proxy.filter.cookie;

import dev.sluice.routes.args.IpAddress;
import org.jspecify.annotations.Nullable;

/// Writes cookies (RFC 6265 §4).
final class CookieText {
  private CookieText() {}

  /// `name=value`: quoted when the value holds a blank or comma; characters that a value cannot hold are left out.
  static String pair(String name, String value) {
    return name + "=" + value(value);
  }

  private static String value(String value) {
    var kept = new StringBuilder(value.length() + 2);
    boolean quote = false;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= 0x20 && c < 0x7f && c != '"' && c != ';' && c != '\\') {
        kept.append(c);
        quote |= c == ' ' || c == ',';
      }
    }
    return quote ? "\"" + kept + "\"" : kept.toString();
  }

  /// The domain that a cookie for this host may be set for: without port, and without the first label when two dots or more are in it, but never
  /// down to a public suffix; null for addresses and what is no domain.
  static @Nullable String domain(String host) {
    int colon = host.lastIndexOf(':');
    String name = colon > 0 && host.indexOf(']', colon) < 0 ? host.substring(0, colon) : host;
    if (name.startsWith("[") || IpAddress.parse(name) != null || !name.matches("[A-Za-z0-9.-]+") || name.startsWith(".")) {
      return null;
    }
    int dot = name.indexOf('.');
    boolean severalDots = dot >= 0 && name.indexOf('.', dot + 1) >= 0;
    return severalDots && !PublicSuffixes.isSuffix(name.substring(dot + 1)) ? name.substring(dot + 1) : name;
  }
}
