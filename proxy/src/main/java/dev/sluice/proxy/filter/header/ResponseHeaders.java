package dev.sluice.proxy.filter.header;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.spi.Exchange;

/// Changes of response headers; what frames the body is left to the gateway.
final class ResponseHeaders {
  private ResponseHeaders() {}

  static void set(Exchange x, HeaderName name, String value) {
    if (!RequestHeaders.isFraming(name)) {
      x.response().headers().set(name.name(), value);
    }
  }

  static void add(Exchange x, HeaderName name, String value) {
    if (!RequestHeaders.isFraming(name)) {
      x.response().headers().add(name.name(), value);
    }
  }
}
