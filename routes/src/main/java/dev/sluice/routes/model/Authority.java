package dev.sluice.routes.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The authority of a request target and the value of a Host header (RFC 9110 §7.2, RFC 3986 §3.2).
public final class Authority {
  private Authority() {}

  /// Why this is no host with an optional port, or null when it is one. Empty is no problem here: an HTTP/1.0 request may have no
  /// host. Names are not judged further: `127.1` and `0x7f.1` are names like others, never resolved here.
  public static @Nullable String problem(String authority) {
    if (authority.startsWith("[")) {
      return bracketProblem(authority);
    }
    for (int i = 0; i < authority.length(); i++) {
      char c = authority.charAt(i);
      if (c == '@') {
        return "user information in the authority";
      }
      if (!isHostCharacter(c) && c != ':') {
        return "character in the host that must not stand there";
      }
    }
    return null;
  }

  /// The host as `-normalize-host` compares it: lower case, without port (also one that is no number) and without one dot at the
  /// end. The brackets of an address stay.
  public static String normalize(String authority) {
    int bracket = authority.lastIndexOf(']');
    int colon = authority.indexOf(':', bracket + 1);
    String host = colon < 0 ? authority : authority.substring(0, colon);
    return (host.endsWith(".") ? host.substring(0, host.length() - 1) : host).toLowerCase(Locale.ROOT);
  }

  private static @Nullable String bracketProblem(String authority) {
    int end = authority.indexOf(']');
    if (end < 2) {
      return "host has unbalanced brackets";
    }
    for (int i = 1; i < end; i++) {
      char c = authority.charAt(i);
      if (Character.digit(c, 16) < 0 && c != ':' && c != '.') {
        return "address in brackets is no IPv6 address";
      }
    }
    for (int i = end + 1; i < authority.length(); i++) {
      char c = authority.charAt(i);
      if (i == end + 1 ? c != ':' : c < '0' || c > '9') {
        return "text behind the brackets of the host is no port";
      }
    }
    return null;
  }

  private static boolean isHostCharacter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~!$&'()*+;=".indexOf(c) >= 0;
  }
}
