package dev.sluice.grammar;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What a text must look like to serve as an endpoint: an absolute URL or absolute path as of the function `ParseRequestURI` of
/// Go's
/// package `net/url`, which decides it in Skipper.
final class EndpointUrl {
  private EndpointUrl() {}

  /// Why the text is refused, to follow "endpoint … ", or null when it is accepted.
  static @Nullable String problem(String written) {
    byte[] bytes = ByteText.encode(written);
    if (bytes.length == 0) {
      return "is empty";
    }
    for (byte b : bytes) {
      if (b >= 0 && b < ' ' || b == 0x7F) {
        return "holds a control character";
      }
    }
    if (written.equals("*")) {
      return null;
    }
    if (written.startsWith(":")) {
      return "has no scheme before the colon";
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    String scheme = scheme(written);
    String rest = text.substring(scheme.isEmpty() ? 0 : scheme.length() + 1);
    int query = rest.indexOf('?');
    rest = query < 0 ? rest : rest.substring(0, query);
    if (!rest.startsWith("/")) {
      return scheme.isEmpty() ? "has no scheme" : null;
    }
    if (scheme.isEmpty() || !rest.startsWith("//")) {
      return escapesAreSound(rest) ? null : "has a broken % escape";
    }
    int path = rest.indexOf('/', 2);
    String authority = path < 0 ? rest.substring(2) : rest.substring(2, path);
    String problem = authorityProblem(authority);
    return problem != null || path < 0 || escapesAreSound(rest.substring(path)) ? problem : "has a broken % escape";
  }

  /// The scheme in lower case, empty when there is none.
  static String scheme(String written) {
    for (int i = 0; i < written.length(); i++) {
      char c = written.charAt(i);
      if (c == ':') {
        return written.substring(0, i).toLowerCase(Locale.ROOT);
      }
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      boolean later = c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.';
      if (!letter && (i == 0 || !later)) {
        return "";
      }
    }
    return "";
  }

  static String withLowerScheme(String written) {
    String scheme = scheme(written);
    return scheme + written.substring(scheme.length());
  }

  /// True when each `%` is followed by two hexadecimal digits.
  static boolean escapesAreSound(String text) {
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
      if (i + 2 >= text.length() || hex(text.charAt(i + 1)) < 0 || hex(text.charAt(i + 2)) < 0) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable String authorityProblem(String authority) {
    int at = authority.lastIndexOf('@');
    String user = at < 0 ? "" : authority.substring(0, at);
    if (!user.chars().allMatch(c -> isAlphanumeric(c) || "-._:~!$&'()*+,;=%@".indexOf(c) >= 0) || !escapesAreSound(user)) {
      return "has malformed user information";
    }
    String host = authority.substring(at + 1);
    int bracket = host.lastIndexOf(']');
    if (host.startsWith("[")) {
      if (bracket < 0) {
        return "has no ] in its host";
      }
      return portProblem(host.substring(bracket + 1));
    }
    int colon = host.lastIndexOf(':');
    String port = colon < 0 ? null : portProblem(host.substring(colon));
    return port != null ? port : hostProblem(host);
  }

  private static @Nullable String portProblem(String port) {
    boolean sound = port.isEmpty() || port.charAt(0) == ':' && port.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
    return sound ? null : "has a malformed port";
  }

  private static @Nullable String hostProblem(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == '%') {
        // Only bytes outside of ASCII may be escaped in a host.
        if (i + 2 >= host.length() || hex(host.charAt(i + 1)) < 8 || hex(host.charAt(i + 2)) < 0) {
          return "has a broken % escape";
        }
      } else if (c < 0x80 && !isAlphanumeric(c) && "-_.~!$&'()*+,;=:[]<>\"".indexOf(c) < 0) {
        return "has a malformed host";
      }
    }
    return null;
  }

  private static boolean isAlphanumeric(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
