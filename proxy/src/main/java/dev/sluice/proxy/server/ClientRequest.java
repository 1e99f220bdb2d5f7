package dev.sluice.proxy.server;

import dev.sluice.proxy.loop.EventLoop;
import org.eclipse.jetty.http2.server.internal.HTTP2ServerConnection;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/// What a client's head says beyond what Jetty's request shows, byte for byte as it came. Used on the client's loop, while the exchange begins.
interface ClientRequest {
  /// The one that stands behind a request of Jetty's.
  static ClientRequest of(Request request) {
    return request.getConnectionMetaData().getConnection() instanceof HTTP2ServerConnection multiplexed
        ? ((InboundSession) multiplexed.getSession()).stream(request.getId())
        : (InboundConnection) request.getConnectionMetaData().getConnection();
  }

  /// The loop of a request's connection, at any time.
  static EventLoop loop(Request request) {
    return request.getConnectionMetaData().getConnection() instanceof HTTP2ServerConnection multiplexed
        ? ((InboundSession) multiplexed.getSession()).loop()
        : ((InboundConnection) request.getConnectionMetaData().getConnection()).loop();
  }

  /// The loop that the exchange lives on.
  EventLoop loop();

  /// The target; bytes as Latin-1 characters.
  String target();

  /// Whether the host is another certificate's than the one that this connection was secured with (RFC 9110 §15.5.20).
  boolean misdirected(String host);

  /// The value of `:authority`; null when there is none, and always in HTTP/1.1.
  default @Nullable String authority() {
    return null;
  }

  /// Whether the head has said that no body follows.
  default boolean bodiless() {
    return false;
  }

  /// The value of `:protocol`: what an extended CONNECT (RFC 8441) asks for; else null.
  default @Nullable String protocol() {
    return null;
  }

  /// Whether the head is over its limit, though not by so much that it could not be read.
  default boolean tooLarge() {
    return false;
  }
}
