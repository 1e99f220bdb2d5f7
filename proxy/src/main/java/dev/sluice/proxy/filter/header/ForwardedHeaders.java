package dev.sluice.proxy.filter.header;

import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Headers;
import java.util.List;

/// X-Forwarded-For and X-Forwarded-Host as xforward writes them.
final class ForwardedHeaders {
  private static final String FOR = "X-Forwarded-For";

  private ForwardedHeaders() {}

  static void set(Exchange x, boolean inFront) {
    Headers headers = x.request().headers();
    String peer = x.request().peerText();
    List<String> lines = headers.all(FOR).stream().filter(line -> !line.isEmpty()).toList();
    String earlier = String.join(", ", lines);
    if (earlier.isEmpty()) {
      headers.set(FOR, peer);
    } else {
      headers.set(FOR, inFront ? peer + ", " + earlier : earlier + ", " + peer);
    }
    headers.set("X-Forwarded-Host", x.request().host());
  }
}
