package dev.sluice.proxy.exchange;

import java.util.EnumSet;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.Trailers;

/// Which trailers of a client's request travel on: none that would frame, route, authenticate or describe a body that is already on its way (RFC 9110 §6.5.1).
final class RequestTrailers {
  private static final EnumSet<HttpHeader> LEFT_BEHIND = EnumSet.of(HttpHeader.CONTENT_LENGTH, HttpHeader.TRANSFER_ENCODING, HttpHeader.HOST,
      HttpHeader.AUTHORIZATION, HttpHeader.PROXY_AUTHORIZATION, HttpHeader.COOKIE, HttpHeader.CACHE_CONTROL, HttpHeader.EXPECT,
      HttpHeader.MAX_FORWARDS, HttpHeader.PRAGMA, HttpHeader.RANGE, HttpHeader.TE, HttpHeader.CONTENT_ENCODING, HttpHeader.CONTENT_TYPE,
      HttpHeader.CONTENT_RANGE, HttpHeader.TRAILER, HttpHeader.CONNECTION, HttpHeader.KEEP_ALIVE, HttpHeader.UPGRADE,
      HttpHeader.PROXY_CONNECTION, HttpHeader.FORWARDED, HttpHeader.X_FORWARDED_FOR, HttpHeader.X_FORWARDED_HOST,
      HttpHeader.X_FORWARDED_PROTO, HttpHeader.X_FORWARDED_PORT);

  private RequestTrailers() {}

  static Trailers allowed(Trailers trailers) {
    boolean all = true;
    for (HttpField field : trailers.getTrailers()) {
      all &= field.getHeader() == null || !LEFT_BEHIND.contains(field.getHeader());
    }
    if (all) {
      return trailers;
    }
    HttpFields.Mutable left = HttpFields.build(trailers.getTrailers());
    left.remove(LEFT_BEHIND);
    return new Trailers(left.asImmutable());
  }
}
