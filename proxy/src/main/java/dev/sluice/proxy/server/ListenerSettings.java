package dev.sluice.proxy.server;

import dev.sluice.proxy.tls.ServerTls;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/// One address that the gateway listens on.
///
/// @param name what the predicate `Listener` calls it
/// @param address an [java.net.InetSocketAddress], whose port 0 takes a free one, or a [java.net.UnixDomainSocketAddress]
/// @param tls null: no TLS
/// @param proxyProtocol which peers may say by the PROXY protocol whom they speak for; null: nobody is asked
/// @param limit of its connections; null: any number
/// @param debug its requests are described instead of being sent to a backend
public record ListenerSettings(
    String name, SocketAddress address, @Nullable ServerTls tls, @Nullable ProxyPeers proxyProtocol, @Nullable ConnectionLimit limit,
    boolean debug) {
  /// The name of the main listener.
  public static final String MAIN = dev.sluice.routes.predicate.Listener.MAIN;

  /// The main listener, without anything.
  public static ListenerSettings main(SocketAddress address) {
    return new ListenerSettings(MAIN, address, null, null, null, false);
  }

  public ListenerSettings named(String other) {
    return new ListenerSettings(other, address, tls, proxyProtocol, limit, debug);
  }

  public ListenerSettings withTls(@Nullable ServerTls server) {
    return new ListenerSettings(name, address, server, proxyProtocol, limit, debug);
  }

  public ListenerSettings withProxyProtocol(@Nullable ProxyPeers peers) {
    return new ListenerSettings(name, address, tls, peers, limit, debug);
  }

  public ListenerSettings withLimit(@Nullable ConnectionLimit most) {
    return new ListenerSettings(name, address, tls, proxyProtocol, most, debug);
  }

  public ListenerSettings debugging() {
    return new ListenerSettings(name, address, tls, proxyProtocol, limit, true);
  }
}
