package dev.sluice.proxy.filter.auth;

import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Key;

/// What authentication filters leave for later filters and the access log.
public final class AuthAttributes {
  /// Name of the user; empty after a rejection.
  public static final Key<String> USER = Key.of("auth-user", String.class);
  /// Why the request was rejected.
  public static final Key<String> REJECT_REASON = Key.of("auth-reject-reason", String.class);

  /// A JSON object about the user, from a password file.
  public static final Key<String> ATTRIBUTES = Key.of("auth-attributes", String.class);

  private AuthAttributes() {}

  static void reject(Exchange x, String reason) {
    x.put(USER, "");
    x.put(REJECT_REASON, reason);
  }
}
