package dev.sluice.proxy.upstream;

import dev.sluice.routes.spi.Failure;
import java.io.IOException;

/// Why a response's body cannot be read to its end; the failure in its failure chunk.
public final class BrokenAnswer extends IOException {
  private final transient Failure failure;

  public BrokenAnswer(Failure failure) {
    super(failure.kind().token() + (failure.detail() == null ? "" : ": " + failure.detail()));
    this.failure = failure;
  }

  public Failure failure() {
    return failure;
  }
}
