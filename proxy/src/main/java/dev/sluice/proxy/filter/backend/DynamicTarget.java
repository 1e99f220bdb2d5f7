package dev.sluice.proxy.filter.backend;

import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Key;
import org.jspecify.annotations.Nullable;

/// The target of a `<dynamic>` backend as filters put it together: a URL, or else host and scheme. It stays through a loopback.
final class DynamicTarget {
  private static final Key<String> HOST = Key.of("backend:dynamic:host", String.class);
  private static final Key<String> SCHEME = Key.of("backend:dynamic:scheme", String.class);
  private static final Key<String> URL = Key.of("backend:dynamic:url", String.class);

  private DynamicTarget() {}

  static void host(Exchange x, String host) {
    if (host.isEmpty()) {
      return;
    }
    x.put(HOST, host);
    x.outgoing().host(host);
    update(x);
  }

  static void scheme(Exchange x, String scheme) {
    if (scheme.isEmpty()) {
      return;
    }
    x.put(SCHEME, scheme);
    update(x);
  }

  /// A text that is no URL with a host is no target; the backend then answers 502.
  static void url(Exchange x, String text) {
    if (text.isEmpty()) {
      return;
    }
    x.put(URL, text);
    String authority = authority(text);
    if (authority != null) {
      x.outgoing().host(authority);
    }
    update(x);
  }

  private static @Nullable String authority(String text) {
    int at = text.indexOf("://");
    if (at <= 0) {
      return null;
    }
    int end = at + 3;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String authority = text.substring(text.lastIndexOf('@', end) > at ? text.lastIndexOf('@', end) + 1 : at + 3, end);
    return authority.isEmpty() ? null : authority;
  }

  private static void update(Exchange x) {
    String url = x.get(URL);
    String host = x.get(HOST);
    if (url != null) {
      x.outgoing().dynamicTarget(url);
    } else if (host != null) {
      String scheme = x.get(SCHEME);
      x.outgoing().dynamicTarget((scheme != null ? scheme : x.request().secure() ? "https" : "http") + "://" + host);
    }
  }
}
