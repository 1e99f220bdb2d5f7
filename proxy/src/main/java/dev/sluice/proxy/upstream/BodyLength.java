package dev.sluice.proxy.upstream;

import dev.sluice.routes.spi.Failure;
import org.eclipse.jetty.io.Content;

/// Watches that a request's body has the length that its head announced.
final class BodyLength {
  static final Failure FAILURE = new Failure(Failure.Kind.BAD_REQUEST, "request body does not have the length it announced");

  private long remaining;
  private boolean last;

  /// @param announced -1: none was
  BodyLength(long announced) {
    remaining = announced;
  }

  /// Takes note of a chunk; false when the body is shorter or longer than announced.
  boolean take(Content.Chunk chunk) {
    last = chunk.isLast();
    if (remaining < 0) {
      return true;
    }
    remaining -= chunk.remaining();
    boolean fits = remaining >= 0 && (!last || remaining == 0);
    last |= remaining == 0;
    return fits;
  }

  /// Whether the chunk taken last was the body's last.
  boolean complete() {
    return last;
  }
}
