package dev.sluice.proxy.forward;

import dev.sluice.proxy.upstream.Upstream.Sent;
import dev.sluice.proxy.upstream.UpstreamRequest;
import dev.sluice.routes.spi.Failure;
import dev.sluice.routes.spi.Outgoing.RetryPolicy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Whether a failed attempt is followed by another. Pure; nothing of an answer has reached the client yet.
///
/// Without a `retry` filter each remaining endpoint is tried once: after a dial failure for any request, since nothing was sent; after a close or
/// reset before any byte of the answer for idempotent requests without a body. A kept connection that turned out to be closed is replaced once.
/// Time-outs, error statuses and kept bodies are a matter of the filter alone.
final class RetryDecision {
  private RetryDecision() {}

  /// @param replayable a further attempt would see the whole body, and the client has seen no interim answer
  /// @param remaining endpoints that were not tried yet
  /// @param retries further attempts begun so far
  static boolean afterFailure(String method, Failure.Kind kind, Sent sent, boolean hasBody, boolean replayable, int remaining,
      int retries, boolean freshConnectionTried, @Nullable RetryPolicy policy) {
    boolean nothingSent = sent == Sent.NOTHING;
    if (!nothingSent && !UpstreamRequest.isIdempotent(method)) {
      return false;
    }
    if (!replayable) {
      return false;
    }
    if (!nothingSent && sent == Sent.STALE_CONNECTION && !hasBody && !freshConnectionTried) {
      return true;
    }
    if (policy != null && retries < policy.max() && retriedByFilter(kind, nothingSent)) {
      return nothingSent || !hasBody || policy.maxBody() > 0;
    }
    if (remaining == 0) {
      return false;
    }
    return nothingSent ? dialFailure(kind) : kind == Failure.Kind.CLOSED && !hasBody && sent != Sent.ANSWER_BEGUN;
  }

  static boolean afterStatus(String method, int status, boolean replayable, int retries, @Nullable RetryPolicy policy) {
    return policy != null && retries < policy.max() && UpstreamRequest.isIdempotent(method) && replayable
        && Arrays.binarySearch(policy.statuses(), status) >= 0;
  }

  private static boolean retriedByFilter(Failure.Kind kind, boolean nothingSent) {
    return switch (kind) {
      case REFUSED, CONNECT_TIMEOUT, UNRESOLVED, TLS, POOL_FULL -> nothingSent;
      case CLOSED, PROTOCOL, HEADER_TIMEOUT, IDLE_TIMEOUT -> true;
      case NO_ROUTE, BAD_REQUEST, BODY_TOO_LARGE, HEAD_TOO_LARGE, REQUEST_TIMEOUT, CLIENT_GONE, FILTER, LOOP, BACKEND_TIMEOUT,
          NO_ENDPOINT, BODY_STEP, SHUTDOWN -> false;
    };
  }

  /// Of failures before the backend looked at a request: those that another endpoint may not have. CLOSED is a refused stream of HTTP/2.
  private static boolean dialFailure(Failure.Kind kind) {
    return switch (kind) {
      case REFUSED, CONNECT_TIMEOUT, UNRESOLVED, TLS, CLOSED -> true;
      case NO_ROUTE, BAD_REQUEST, BODY_TOO_LARGE, HEAD_TOO_LARGE, REQUEST_TIMEOUT, CLIENT_GONE, FILTER, LOOP, PROTOCOL,
          HEADER_TIMEOUT, IDLE_TIMEOUT, BACKEND_TIMEOUT, POOL_FULL, NO_ENDPOINT, BODY_STEP, SHUTDOWN -> false;
    };
  }
}
