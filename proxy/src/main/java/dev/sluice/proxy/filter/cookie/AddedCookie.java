package dev.sluice.proxy.filter.cookie;

import dev.sluice.routes.args.Cookies;
import dev.sluice.routes.spi.Exchange;
import org.jspecify.annotations.Nullable;

/// What responseCookie and jsCookie do.
final class AddedCookie {
  private AddedCookie() {}

  /// @param maxAge seconds; null: a session cookie
  static void add(Exchange x, String name, String value, @Nullable Long maxAge, boolean changeOnly, boolean httpOnly) {
    if (changeOnly && value.equals(Cookies.first(x.request().headers(), name))) {
      return;
    }
    String domain = CookieText.domain(x.request().host());
    String line = CookieText.pair(name, value)
        + "; Path=/"
        + (domain == null ? "" : "; Domain=" + domain)
        + (maxAge == null ? "" : "; Max-Age=" + Math.max(0, maxAge))
        + (httpOnly ? "; HttpOnly" : "")
        + "; Secure";
    x.response().headers().add("Set-Cookie", line);
  }
}
