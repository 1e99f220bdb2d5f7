package dev.sluice.proxy.observe;

import java.util.concurrent.atomic.LongAdder;

/// What becomes of clients' connections, counted under Skipper's keys with `-enable-connection-metrics`. From any thread.
///
/// @param opened accepted
/// @param active times that a request began
/// @param idle times that a request ended and the connection stayed open
/// @param hijacked that switched to another protocol
/// @param closed for whatever reason
/// @param servedEnough that were closed because of `-keepalive-requests-server`
/// @param old that were closed because of `-keepalive-server`
public record ConnectionStates(
    LongAdder opened, LongAdder active, LongAdder idle, LongAdder hijacked, LongAdder closed, LongAdder servedEnough, LongAdder old) {
  /// Counters that are shown among a gateway's own.
  public static ConnectionStates shown(CustomMetrics metrics) {
    return new ConnectionStates(
        metrics.counter("lb-conn-new"), metrics.counter("lb-conn-active"), metrics.counter("lb-conn-idle"), metrics.counter("lb-conn-hijacked"),
        metrics.counter("lb-conn-closed"), metrics.counter("lb-conn-closed.keepalive-requests"), metrics.counter("lb-conn-closed.keepalive"));
  }
}
