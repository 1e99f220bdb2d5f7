package dev.sluice.proxy.limit;

import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Answer.Header;
import java.time.Duration;

/// What is allowed: `maxHits` in each window.
///
/// @param maxHits from 0
/// @param windowNanos from 1
public record Limit(int maxHits, long windowNanos) {
  public static Limit of(int maxHits, Duration window) {
    return new Limit(maxHits, window.toNanos());
  }

  /// What `X-Rate-Limit` says: allowed hits per hour, rounded down.
  public long perHour() {
    return (long) (maxHits * 3.6e12 / windowNanos);
  }

  /// The answer to a request that is denied: empty, with the limit per hour and the seconds to wait.
  public Answer denial(int status, long retryAfterSeconds) {
    return Answer.of(
        status,
        new Header("X-Rate-Limit", Long.toString(perHour())),
        new Header("Retry-After", Long.toString(retryAfterSeconds)));
  }
}
