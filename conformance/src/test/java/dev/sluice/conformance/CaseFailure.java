package dev.sluice.conformance;

import org.jspecify.annotations.Nullable;

/// A case that could not be run to its end; the message is the one difference that is reported.
final class CaseFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  CaseFailure(String message) {
    this(message, null);
  }

  CaseFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
