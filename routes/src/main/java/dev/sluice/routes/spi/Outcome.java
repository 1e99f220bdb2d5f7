package dev.sluice.routes.spi;

import org.jspecify.annotations.Nullable;

/// How an exchange ended.
///
/// @param status sent to the client, or what the log shows when nothing was sent (499: the client left first)
/// @param failure null when the exchange was complete
/// @param requestBytes body bytes received from the client
/// @param responseBytes body bytes sent to the client
public record Outcome(int status, @Nullable Failure failure, long requestBytes, long responseBytes) {
  public boolean complete() {
    return failure == null;
  }
}
