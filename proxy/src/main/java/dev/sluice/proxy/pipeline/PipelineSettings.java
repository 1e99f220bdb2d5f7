package dev.sluice.proxy.pipeline;

import dev.sluice.proxy.observe.ConnectionStates;
import dev.sluice.routes.spi.CallGate;
import org.eclipse.jetty.http.HttpField;
import org.jspecify.annotations.Nullable;

/// What the pipeline needs to know of the gateway's flags. Durations in nanoseconds, 0: no limit.
///
/// @param maxPasses look-ups of one exchange, from 1: one more than the loopbacks allowed
/// @param preserveHost the client's Host goes to the backend unless a filter says otherwise
/// @param noRouteStatus answer when no route takes the request
/// @param maxBody longest request body in bytes; [Long#MAX_VALUE]: no limit
/// @param requestNanos longest time from a complete request head to the last byte of the body
/// @param answerNanos longest time from a complete request head to the last byte of the answer
/// @param connectionRequests requests after which a connection is closed; 0: no limit
/// @param connectionMillis age in milliseconds after which a connection is closed with its next answer; 0: no limit
/// @param connectNanos longest time to connect to a backend, without the TLS handshake
/// @param upgradeConnectNanos the same where the client asks to switch protocols
/// @param headNanos longest time to a backend's complete head
/// @param gate for routes whose filters set none: the breakers of the flags; null: none
/// @param idleNanos longest time without a byte during a backend call
/// @param states counts connections that are closed for their age; null: nobody does
/// @param via our entry in the Via line of backends' answers; null: none
public record PipelineSettings(
    int maxPasses,
    boolean preserveHost,
    int noRouteStatus,
    long maxBody,
    long requestNanos,
    long answerNanos,
    int connectionRequests,
    long connectionMillis,
    long connectNanos,
    long upgradeConnectNanos,
    long headNanos,
    long idleNanos,
    @Nullable CallGate gate,
    @Nullable HttpField via,
    @Nullable ConnectionStates states) {

  /// Skipper's defaults.
  public static final PipelineSettings DEFAULT =
      new PipelineSettings(10, false, 404, Long.MAX_VALUE, 0, 0, 0, 0, 60_000_000_000L, 30_000_000_000L, 60_000_000_000L, 0, null, null, null);
}
