package dev.sluice.routes.spi;

import org.jspecify.annotations.Nullable;

/// Why the gateway itself ends an exchange.
///
/// @param detail for the log only, never sent to a client
public record Failure(Kind kind, @Nullable String detail) {
  public static Failure of(Kind kind) {
    return new Failure(kind, null);
  }

  /// Each kind has its status, its token in logs, and its label in metrics.
  public enum Kind {
    NO_ROUTE(404, "no-route"),
    BAD_REQUEST(400, "bad-request"),
    BODY_TOO_LARGE(413, "body-too-large"),
    HEAD_TOO_LARGE(431, "head-too-large"),
    REQUEST_TIMEOUT(408, "request-timeout"),
    CLIENT_GONE(499, "client-gone"),
    FILTER(500, "filter-failed"),
    LOOP(500, "loop"),
    REFUSED(502, "connect-refused"),
    CONNECT_TIMEOUT(504, "connect-timeout"),
    UNRESOLVED(502, "unresolved"),
    TLS(502, "tls"),
    CLOSED(502, "backend-closed"),
    PROTOCOL(502, "backend-protocol"),
    HEADER_TIMEOUT(504, "header-timeout"),
    IDLE_TIMEOUT(504, "idle-timeout"),
    BACKEND_TIMEOUT(504, "backend-timeout"),
    POOL_FULL(503, "pool-full"),
    NO_ENDPOINT(502, "no-endpoint"),
    BODY_STEP(502, "body-step"),
    SHUTDOWN(503, "shutdown");

    private final int status;
    private final String token;

    Kind(int status, String token) {
      this.status = status;
      this.token = token;
    }

    public int status() {
      return status;
    }

    public String token() {
      return token;
    }
  }
}
