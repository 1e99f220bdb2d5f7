package dev.sluice.proxy.forward;

import dev.sluice.routes.model.Endpoint;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The target of a dynamic backend as filters give it: `http://host:port`, what follows means nothing. No `java.net.URI` is made of it, since
/// clients may have a hand in it.
final class DynamicTarget {
  private DynamicTarget() {}

  /// @return null when it is no usable target
  static @Nullable Endpoint endpoint(String text) {
    int colon = text.indexOf("://");
    if (colon <= 0) {
      return null;
    }
    String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return null;
    }
    int end = colon + 3;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String authority = text.substring(colon + 3, end).toLowerCase(Locale.ROOT);
    int portAt = authority.lastIndexOf(':');
    boolean withPort = portAt >= 0 && authority.indexOf(']', portAt) < 0;
    String host = withPort ? authority.substring(0, portAt) : authority;
    int port = withPort ? port(authority.substring(portAt + 1)) : scheme.equals("https") ? 443 : 80;
    if (port < 1 || !validHost(host)) {
      return null;
    }
    String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new Endpoint(scheme + "://" + authority, scheme, bare, port, host + ":" + port, "", 1, false);
  }

  private static int port(String text) {
    int port = text.isEmpty() || text.length() > 5 ? -1 : 0;
    for (int i = 0; i < text.length() && port >= 0; i++) {
      char c = text.charAt(i);
      port = c >= '0' && c <= '9' ? port * 10 + c - '0' : -1;
    }
    return port > 65535 ? -1 : port;
  }

  private static boolean validHost(String host) {
    if (host.isEmpty() || host.startsWith("[") != host.endsWith("]") || host.equals("[]")) {
      return false;
    }
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c <= ' ' || c >= 0x7F || c == '@' || c == '\\' || c == '%') {
        return false;
      }
    }
    return true;
  }
}
