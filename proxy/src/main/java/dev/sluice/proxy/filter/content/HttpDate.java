package dev.sluice.proxy.filter.content;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Dates of HTTP (RFC 9110 §5.6.7).
final class HttpDate {
  private static final java.time.format.DateTimeFormatter FORMAT =
      java.time.format.DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(java.time.ZoneOffset.UTC);

  private HttpDate() {}

  static String of(Instant time) {
    return FORMAT.format(time);
  }

  /// Null when it is no date.
  static @Nullable Instant parse(@Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      return Instant.from(FORMAT.parse(text.strip()));
    } catch (java.time.DateTimeException e) {
      return null;
    }
  }
}
