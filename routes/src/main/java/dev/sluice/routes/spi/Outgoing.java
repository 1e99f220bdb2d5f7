package dev.sluice.routes.spi;

import org.jspecify.annotations.Nullable;

/// How the backend will be called. Changed by filters in the request phase.
public interface Outgoing {
  /// The Host to send; null: the endpoint's own, or the client's when the route preserves it.
  @Nullable String host();

  void host(@Nullable String host);

  /// Whether the client's Host is sent when no filter set another; null: as the gateway is configured.
  void preserveHost(@Nullable Boolean preserve);

  /// Target of a `<dynamic>` backend: scheme and authority; null while not set.
  @Nullable String dynamicTarget();

  void dynamicTarget(@Nullable String schemeAndAuthority);

  /// Name of the settings that the backend is called with, one of `-backend-clients`; empty: those for all backends.
  void backendClient(String name);

  /// The backend is a forward proxy: it is asked for the URL of the request's Host, with the scheme that the client used.
  void backendIsProxy();

  /// File name of the script for a backend with the scheme `fastcgi`. Unless set: the path without its slash, `index.php` for `/`.
  void fastCgiFilename(String file);

  /// Longest time for the whole backend call in nanoseconds, retries included; 0: no limit.
  void backendTimeout(long nanos);

  /// Longest time for reading the client's request body in nanoseconds; 0: no limit.
  void readTimeout(long nanos);

  /// Longest time for writing the response in nanoseconds; 0: no limit.
  void writeTimeout(long nanos);

  /// Key for balancers that hash, a character (up to U+00FF) for each byte; null: the client's address. One with other characters is hashed as UTF-8.
  @Nullable String hashKey();

  void hashKey(@Nullable String key);

  /// `consistentHashBalanceFactor`; 0: unbounded.
  double balanceFactor();

  void balanceFactor(double factor);

  /// What may be tried again beyond the standard rule.
  void retry(RetryPolicy policy);

  /// Asked for a permit before each attempt.
  void gate(CallGate gate);

  /// @param max most attempts after the first, from 1
  /// @param maxBody longest body in bytes that is kept for it; 0: only requests without a body
  /// @param statuses statuses of a backend that count as a failure; sorted
  record RetryPolicy(int max, long maxBody, int[] statuses) {}
}
