package dev.sluice.proxy.server;

import java.util.EnumSet;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;

/// Which trailer lines of a request travel on: none that frames it, routes it, says who asks, or changes how it is to be read (RFC 9110 §6.5.1).
final class RequestTrailers {
  private static final EnumSet<HttpHeader> LATE = EnumSet.of(
      HttpHeader.CONTENT_LENGTH, HttpHeader.TRANSFER_ENCODING, HttpHeader.TRAILER, HttpHeader.TE, HttpHeader.HOST, HttpHeader.CONNECTION,
      HttpHeader.KEEP_ALIVE, HttpHeader.PROXY_CONNECTION, HttpHeader.UPGRADE, HttpHeader.AUTHORIZATION, HttpHeader.PROXY_AUTHORIZATION,
      HttpHeader.COOKIE, HttpHeader.CONTENT_TYPE, HttpHeader.CONTENT_ENCODING, HttpHeader.CONTENT_RANGE, HttpHeader.CACHE_CONTROL,
      HttpHeader.PRAGMA, HttpHeader.EXPECT, HttpHeader.MAX_FORWARDS, HttpHeader.RANGE, HttpHeader.VIA, HttpHeader.FORWARDED,
      HttpHeader.IF_MATCH, HttpHeader.IF_NONE_MATCH, HttpHeader.IF_MODIFIED_SINCE, HttpHeader.IF_UNMODIFIED_SINCE, HttpHeader.IF_RANGE);

  private RequestTrailers() {}

  static boolean allow(HttpField field) {
    HttpHeader known = field.getHeader();
    if (known != null && LATE.contains(known)) {
      return false;
    }
    String name = field.getName().toLowerCase(Locale.ROOT).replace('_', '-');
    return !name.startsWith("x-forwarded-") && !name.equals("x-real-ip") && !name.equals("proxy");
  }
}
