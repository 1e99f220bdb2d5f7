package dev.sluice.proxy.server;

import dev.sluice.proxy.tls.ServerTls;
import java.net.SocketAddress;
import java.util.List;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.jspecify.annotations.Nullable;

/// One address that the gateway listens on.
///
/// @param name what the predicate `Listener` calls it
/// @param address an [java.net.InetSocketAddress], whose port 0 takes a free one, or a [java.net.UnixDomainSocketAddress]
/// @param tls null: no TLS
/// @param proxyProtocol which peers may say by the PROXY protocol whom they speak for; null: nobody is asked
/// @param allowed peers whose connections are not closed at once; null: all
/// @param limit of its connections; null: any number
/// @param socket options of its sockets
/// @param timeouts null: those of [LoopSettings]
/// @param protocols `http/1.1`, which is always spoken, `h2` over TLS and `h2c` without; null: as [LoopSettings] say
/// @param alternative the line that its answers have for `Alt-Svc` (RFC 7838), whatever a backend says; null: none of its own
/// @param debug its requests are described instead of being sent to a backend
public record ListenerSettings(
    String name, SocketAddress address, @Nullable ServerTls tls, @Nullable ProxyPeers proxyProtocol, @Nullable PeerList allowed,
    @Nullable ConnectionLimit limit, SocketSettings socket, FurtherListeners.@Nullable Timeouts timeouts, @Nullable List<String> protocols,
    @Nullable HttpField alternative, boolean debug) {
  /// The name of the main listener.
  public static final String MAIN = dev.sluice.routes.predicate.Listener.MAIN;

  /// The main listener, without anything.
  public static ListenerSettings main(SocketAddress address) {
    return new ListenerSettings(MAIN, address, null, null, null, null, SocketSettings.DEFAULT, null, null, null, false);
  }

  public ListenerSettings named(String other) {
    return new ListenerSettings(other, address, tls, proxyProtocol, allowed, limit, socket, timeouts, protocols, alternative, debug);
  }

  public ListenerSettings withTls(@Nullable ServerTls server) {
    return new ListenerSettings(name, address, server, proxyProtocol, allowed, limit, socket, timeouts, protocols, alternative, debug);
  }

  public ListenerSettings withProxyProtocol(@Nullable ProxyPeers peers) {
    return new ListenerSettings(name, address, tls, peers, allowed, limit, socket, timeouts, protocols, alternative, debug);
  }

  ListenerSettings withAllowed(@Nullable PeerList peers) {
    return new ListenerSettings(name, address, tls, proxyProtocol, peers, limit, socket, timeouts, protocols, alternative, debug);
  }

  public ListenerSettings withLimit(@Nullable ConnectionLimit most) {
    return new ListenerSettings(name, address, tls, proxyProtocol, allowed, most, socket, timeouts, protocols, alternative, debug);
  }

  ListenerSettings withSocket(SocketSettings options) {
    return new ListenerSettings(name, address, tls, proxyProtocol, allowed, limit, options, timeouts, protocols, alternative, debug);
  }

  ListenerSettings withTimeouts(FurtherListeners.Timeouts own) {
    return new ListenerSettings(name, address, tls, proxyProtocol, allowed, limit, socket, own, protocols, alternative, debug);
  }

  ListenerSettings withProtocols(List<String> spoken) {
    return new ListenerSettings(name, address, tls, proxyProtocol, allowed, limit, socket, timeouts, List.copyOf(spoken), alternative, debug);
  }

  ListenerSettings withAlternative(@Nullable String value) {
    return new ListenerSettings(name, address, tls, proxyProtocol, allowed, limit, socket, timeouts, protocols,
        value == null ? null : new PreEncodedHttpField("Alt-Svc", value), debug);
  }

  /// Whether HTTP/2 may be spoken there.
  ///
  /// @param clear without TLS, where nothing else is said
  boolean speaksHttp2(boolean clear) {
    List<String> spoken = protocols;
    return spoken == null ? tls != null || clear : spoken.contains(tls != null ? "h2" : "h2c");
  }

  public ListenerSettings debugging() {
    return new ListenerSettings(name, address, tls, proxyProtocol, allowed, limit, socket, timeouts, protocols, alternative, true);
  }
}
