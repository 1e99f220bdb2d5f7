package dev.sluice.proxy.server;

import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.tls.ServerTls;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The listeners that the flags ask for, the main one first.
final class ListenerOptions {
  private ListenerOptions() {}

  /// @param tls for the main listener; null: none
  static List<ListenerSettings> of(GatewaySettings settings, @Nullable ServerTls tls) throws StartProblem {
    ProxyPeers proxies = ProxyPeers.of(settings);
    List<ListenerSettings> listeners = new ArrayList<>();
    listeners.add(at(settings, ListenerFlags.ADDRESS).withTls(tls).withProxyProtocol(proxies));
    if (tls != null && !settings.get(ListenerFlags.INSECURE_ADDRESS).isEmpty()) {
      listeners.add(at(settings, ListenerFlags.INSECURE_ADDRESS).withProxyProtocol(proxies));
    }
    if (!settings.get(ListenerFlags.DEBUG_LISTENER).isEmpty()) {
      listeners.add(at(settings, ListenerFlags.DEBUG_LISTENER).debugging());
    }
    return listeners;
  }

  private static ListenerSettings at(GatewaySettings settings, Flag<String> flag) throws StartProblem {
    return ListenerSettings.main(ListenAddress.parse(flag.name(), settings.get(flag)));
  }
}
