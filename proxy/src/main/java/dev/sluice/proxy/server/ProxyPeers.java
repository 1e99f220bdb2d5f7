package dev.sluice.proxy.server;

import dev.sluice.proxy.flag.ListenerFlags;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which peers may say by the PROXY protocol whom they speak for. As in Skipper the lists count in this order: denied, skipped, allowed, and who stands
/// in none is denied.
public final class ProxyPeers {
  private final PeerList denied;
  private final PeerList skipped;
  private final PeerList allowed;

  private ProxyPeers(PeerList denied, PeerList skipped, PeerList allowed) {
    this.denied = denied;
    this.skipped = skipped;
    this.allowed = allowed;
  }

  /// What a peer's PROXY header is worth.
  enum Trust {
    /// It counts.
    BELIEVED,
    /// Nobody looks for it: such bytes are a bad request.
    UNREAD,
    /// It ends the connection; without it the peer is served like any client.
    REFUSED
  }

  /// @throws StartProblem when a list holds something that is no network
  static @Nullable ProxyPeers of(GatewaySettings settings) throws StartProblem {
    PeerList denied = PeerList.of(settings, ListenerFlags.PROXY_DENY_CIDRS);
    PeerList skipped = PeerList.of(settings, ListenerFlags.PROXY_SKIP_CIDRS);
    PeerList allowed = PeerList.of(settings, ListenerFlags.PROXY_ALLOW_CIDRS);
    return settings.get(ListenerFlags.ENABLE_PROXY_PROTOCOL) ? new ProxyPeers(denied, skipped, allowed) : null;
  }

  /// Believes peers of these networks and nobody else.
  ///
  /// @throws StartProblem when one of the texts is no network
  public static ProxyPeers allowing(String... networks) throws StartProblem {
    PeerList none = new PeerList(List.of());
    return new ProxyPeers(none, none, PeerList.of("networks", List.of(networks)));
  }

  /// Who comes by a Unix socket may open its file, and is believed.
  Trust of(@Nullable SocketAddress peer) {
    return switch (peer) {
      case InetSocketAddress inet when inet.getAddress() != null -> of(inet.getAddress());
      case UnixDomainSocketAddress _ -> Trust.BELIEVED;
      case null, default -> Trust.REFUSED;
    };
  }

  private Trust of(InetAddress peer) {
    if (denied.contains(peer)) {
      return Trust.REFUSED;
    }
    if (skipped.contains(peer)) {
      return Trust.UNREAD;
    }
    return allowed.contains(peer) ? Trust.BELIEVED : Trust.REFUSED;
  }
}
