package dev.sluice.proxy.server;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An answer of the admin listener.
///
/// @param type Content-Type; null without one
/// @param headers more header lines
/// @param compressible whether gzip may be used when the client accepts it
record AdminAnswer(int status, @Nullable String type, Map<String, String> headers, byte[] body, boolean compressible) {
  static AdminAnswer of(int status, @Nullable String type, byte[] body) {
    return new AdminAnswer(status, type, Map.of(), body, false);
  }

  static AdminAnswer text(int status, String type, String body) {
    return of(status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  /// A message for people, in plain text with a line end.
  static AdminAnswer error(int status, String message) {
    return text(status, "text/plain; charset=utf-8", message + "\n").with("X-Content-Type-Options", "nosniff");
  }

  static AdminAnswer notFound() {
    return error(404, "404 page not found");
  }

  static AdminAnswer methodNotAllowed() {
    return of(405, null, new byte[0]);
  }

  AdminAnswer with(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new AdminAnswer(status, type, more, body, compressible);
  }

  AdminAnswer compressed(boolean may) {
    return new AdminAnswer(status, type, headers, body, may);
  }
}
