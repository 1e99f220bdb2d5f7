package dev.sluice.proxy.filter.content;

import dev.sluice.routes.spi.Headers;
import java.time.Instant;

/// Conditions of requests for content that has a date and no entity tag (RFC 9110 §13).
final class Conditions {
  private Conditions() {}

  /// If-Match, If-Unmodified-Since: true when the answer is 412.
  static boolean failed(Headers asked, Instant modified) {
    String match = asked.first("If-Match");
    if (match != null && !match.isEmpty()) {
      return !match.strip().equals("*");
    }
    Instant since = HttpDate.parse(asked.first("If-Unmodified-Since"));
    return since != null && modified.isAfter(since);
  }

  /// If-None-Match, If-Modified-Since: true when the answer is 304.
  static boolean notModified(Headers asked, Instant modified) {
    String match = asked.first("If-None-Match");
    if (match != null && !match.isEmpty()) {
      return match.strip().equals("*");
    }
    Instant since = HttpDate.parse(asked.first("If-Modified-Since"));
    return since != null && !modified.isAfter(since);
  }

  /// If-Range: whether a range is answered as one.
  static boolean rangeHolds(Headers asked, Instant modified) {
    String range = asked.first("If-Range");
    return range == null || range.isEmpty() || modified.equals(HttpDate.parse(range));
  }
}
