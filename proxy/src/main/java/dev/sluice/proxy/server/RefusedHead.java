package dev.sluice.proxy.server;

import dev.sluice.proxy.loop.EventLoop;
import java.net.SocketAddress;

/// A request head that was answered and cut off before any handler saw it.
///
/// @param remote the client
/// @param status what it was told: 400, 405, 408, 414, 417, 431, 501 or 505
/// @param reason why, in a few words
/// @param requestLine what is known of the request line, bytes as Latin-1, without its end, cut to 8192 characters; may be empty
public record RefusedHead(SocketAddress remote, int status, String reason, String requestLine) {
  /// Called on the client's loop; must not block.
  public interface Listener {
    void refused(RefusedHead head, EventLoop loop);
  }
}
