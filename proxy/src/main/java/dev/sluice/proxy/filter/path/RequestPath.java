package dev.sluice.proxy.filter.path;

import dev.sluice.routes.spi.Request;

/// Changes of the request path.
final class RequestPath {
  private RequestPath() {}

  /// Sets the decoded path, with a leading slash if it has none. An equal path keeps the client's own encoding.
  static void set(Request request, String path) {
    String rooted = path.startsWith("/") ? path : "/" + path;
    if (!rooted.equals(request.path())) {
      request.path(rooted);
    }
  }
}
