package dev.sluice.routes.args;

import dev.sluice.routes.declare.ArgType;
import dev.sluice.routes.spi.ArgumentProblem;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A URL or a part of one, read as leniently as Go's `url.Parse` does: `https://host:81/path?query#fragment`, `//host`, `/path`, `?query`, `http:`,
/// empty. What HTTP does not allow in a path or query is percent-encoded; escapes stay as they are.
///
/// @param scheme lower case; empty when not written
/// @param authority host and port, without user info; empty when not written
/// @param path escaped; empty when not written
/// @param query escaped, without `?`; null when not written
/// @param fragment escaped, without `#`; null when not written
public record UrlText(String scheme, String authority, String path, @Nullable String query, @Nullable String fragment) {
  public static final ArgType<UrlText> ARGUMENT = ArgType.ofText("a URL", UrlText::parse);

  private static final String NOT_IN_HOST = " <>\"\\^`{|}%/?#";

  /// @throws ArgumentProblem when the text is no URL
  public static UrlText parse(String text) {
    if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
      throw problem(text, "control character");
    }
    String rest = text;
    String fragment = null;
    int hash = rest.indexOf('#');
    if (hash >= 0) {
      fragment = PercentEncoding.repair(rest.substring(hash + 1));
      rest = rest.substring(0, hash);
    }
    String scheme = scheme(rest);
    rest = scheme.isEmpty() ? rest : rest.substring(scheme.length() + 1);
    String query = null;
    int question = rest.indexOf('?');
    if (question >= 0) {
      query = PercentEncoding.repair(rest.substring(question + 1));
      rest = rest.substring(0, question);
    }
    String authority = "";
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      String written = rest.substring(2, slash < 0 ? rest.length() : slash);
      rest = slash < 0 ? "" : rest.substring(slash);
      authority = checkedAuthority(text, written.substring(written.lastIndexOf('@') + 1));
    } else if (scheme.isEmpty() && rest.indexOf(':') >= 0 && (rest.indexOf('/') < 0 || rest.indexOf(':') < rest.indexOf('/'))) {
      throw problem(text, rest.startsWith(":") ? "no scheme" : "colon in the first part of a path");
    }
    if (!PercentEncoding.isEscaped(rest)) {
      throw problem(text, "invalid escape");
    }
    return new UrlText(scheme.toLowerCase(Locale.ROOT), authority, PercentEncoding.repair(rest), query, fragment);
  }

  /// Host without port and brackets.
  public String host() {
    int colon = authority.lastIndexOf(':');
    boolean port = colon >= 0 && authority.indexOf(']', colon) < 0;
    String host = port ? authority.substring(0, colon) : authority;
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  @Override
  public String toString() {
    return (scheme.isEmpty() ? "" : scheme + ":")
        + (authority.isEmpty() ? "" : "//" + authority)
        + path
        + (query == null ? "" : "?" + query)
        + (fragment == null ? "" : "#" + fragment);
  }

  private static String scheme(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ':') {
        return text.substring(0, i);
      }
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!letter && (i == 0 || !(c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.'))) {
        return "";
      }
    }
    return "";
  }

  private static String checkedAuthority(String text, String authority) {
    int bracket = authority.indexOf('[');
    int end = authority.indexOf(']');
    if (bracket > 0 || bracket == 0 && end < 0 || bracket < 0 && end >= 0) {
      throw problem(text, "unbalanced brackets in the host");
    }
    int colon = authority.indexOf(':', Math.max(0, end));
    String port = colon < 0 ? "" : authority.substring(colon + 1);
    if (!port.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw problem(text, "invalid port");
    }
    if (authority.chars().anyMatch(c -> NOT_IN_HOST.indexOf(c) >= 0)) {
      throw problem(text, "invalid character in the host");
    }
    return authority;
  }

  private static ArgumentProblem problem(String text, String why) {
    return new ArgumentProblem("is no URL: " + why + " in \"" + text + "\"");
  }
}
