package dev.sluice.proxy.filter.content;

import org.jspecify.annotations.Nullable;

/// One range of bytes (RFC 9110 §14.1.2).
///
/// @param to exclusive
/// @param partial false: the whole content
record ByteRange(long from, long to, boolean partial) {
  long length() {
    return to - from;
  }

  /// Reads a Range header. Null: it is malformed or of an unknown unit. An empty partial range: nothing of it lies in the content. Several ranges
  /// are answered by the whole content, which RFC 9110 §14.2 allows.
  static @Nullable ByteRange parse(String header, long size) {
    if (!header.startsWith("bytes=")) {
      return null;
    }
    String text = header.substring(6).strip();
    if (text.indexOf(',') >= 0) {
      return text.matches("[0-9, \\t-]+") ? new ByteRange(0, size, false) : null;
    }
    int dash = text.indexOf('-');
    if (dash < 0) {
      return null;
    }
    String first = text.substring(0, dash).strip();
    String last = text.substring(dash + 1).strip();
    if (!first.matches("[0-9]{0,18}") || !last.matches("[0-9]{0,18}") || first.isEmpty() && last.isEmpty()) {
      return null;
    }
    if (first.isEmpty()) {
      long count = Math.min(Long.parseLong(last), size);
      return new ByteRange(size - count, size, true);
    }
    long from = Long.parseLong(first);
    if (!last.isEmpty() && Long.parseLong(last) < from) {
      return null;
    }
    long to = last.isEmpty() ? size : Math.min(size, Long.parseLong(last) + 1);
    return from >= size ? new ByteRange(size, size, true) : new ByteRange(from, to, true);
  }
}
