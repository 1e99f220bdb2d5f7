package dev.sluice.proxy.upstream;

import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/// One request as it goes to a backend.
///
/// @param target path and query, escaped, as they are written on the request line
/// @param host value of the Host line
/// @param headers all lines but Host, Content-Length and Transfer-Encoding; never changed while the call is under way
/// @param contentLength of the body; 0: no body and no length line unless `lengthZero`; -1: chunked
/// @param lengthZero whether an empty body is announced by `Content-Length: 0`
/// @param upgrade protocol asked for (value of Upgrade), or null; the lines Connection and Upgrade are written for it
/// @param connectNanos longest time to connect, without the TLS handshake, which has its own limit; 0: no limit
/// @param headNanos longest time from the last request byte to the complete response head; 0: no limit
/// @param idleNanos longest time without a byte in either direction during the call; 0: no limit
/// @param way how the endpoint is reached
public record UpstreamRequest(
    String method,
    String target,
    String host,
    HttpFields headers,
    long contentLength,
    boolean lengthZero,
    @Nullable String upgrade,
    long connectNanos,
    long headNanos,
    long idleNanos,
    Way way) {

  /// How an endpoint is reached.
  ///
  /// @param client name of the settings in [UpstreamSettings#clients]; empty: those for all backends
  /// @param toProxy null; or the endpoint is a forward proxy, and this is the scheme of the URL that it is asked for
  /// @param cgi what FastCGI needs to know beyond HTTP; null for other schemes
  public record Way(String client, @Nullable String toProxy, @Nullable Cgi cgi) {
    /// With the settings for all backends, straight to the endpoint.
    public static final Way PLAIN = new Way("", null, null);
  }

  /// What a FastCGI application is told beside the request.
  ///
  /// @param script file name of the script
  /// @param path of the request, unescaped
  /// @param remoteAddress of the client, without port
  /// @param protocol as in [dev.sluice.routes.spi.Request#protocol]
  /// @param secure whether the client's connection is TLS
  public record Cgi(String script, String path, String remoteAddress, int remotePort, String protocol, boolean secure) {}

  /// The same with other limits.
  UpstreamRequest within(long connect, long head) {
    return new UpstreamRequest(
        method, target, host, headers, contentLength, lengthZero, upgrade, connect, head, idleNanos, way);
  }

  /// Whether it may be sent again as it is when a kept connection was stale: idempotent and without a body.
  boolean isRepeatable() {
    return contentLength == 0 && isIdempotent(method);
  }

  /// RFC 9110 §9.2.2.
  public static boolean isIdempotent(String method) {
    return switch (method) {
      case "GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE" -> true;
      default -> false;
    };
  }
}
