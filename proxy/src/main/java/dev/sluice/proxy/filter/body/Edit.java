package dev.sluice.proxy.filter.body;

import dev.sluice.routes.args.Regex;
import dev.sluice.routes.args.Utf8Bytes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a sed filter does: its arguments, checked.
///
/// @param delimiter null: matches may span the whole body
/// @param maxBuffer most bytes that are held back
record Edit(Regex pattern, byte[] replacement, byte @Nullable [] delimiter, int maxBuffer, boolean abort) {
  private static final int DEFAULT_BUFFER = 2 * 1024 * 1024;

  static Edit of(
      Regex pattern, String replacement, @Nullable String delimiter, Optional<Integer> maxBuffer, Optional<Handling> handling) {
    return new Edit(
        pattern,
        Utf8Bytes.encode(replacement),
        delimiter == null || delimiter.isEmpty() ? null : Utf8Bytes.encode(delimiter),
        maxBuffer.filter(bytes -> bytes > 0).orElse(DEFAULT_BUFFER),
        handling.isPresent() && handling.get() == Handling.ABORT);
  }
}
