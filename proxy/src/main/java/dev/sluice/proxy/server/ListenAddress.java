package dev.sluice.proxy.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// Addresses to listen on, as flags write them: `:9090` (all interfaces), `127.0.0.1:9090`, `[::1]:9090`, `localhost:9090`, `unix:/run/sluice.sock`.
public final class ListenAddress {
  private ListenAddress() {}

  /// @throws StartProblem when it is no address; says what is expected
  public static InetSocketAddress parse(String flag, String text) throws StartProblem {
    int colon = text.lastIndexOf(':');
    int port = colon < 0 ? -1 : port(text.substring(colon + 1));
    if (port < 0) {
      throw new StartProblem("-" + flag + ": \"" + text + "\" is no address; write HOST:PORT or :PORT");
    }
    String host = text.substring(0, colon);
    if (host.isEmpty()) {
      return new InetSocketAddress(port);
    }
    String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    try {
      return new InetSocketAddress(InetAddress.getByName(bare), port);
    } catch (java.net.UnknownHostException e) {
      throw new StartProblem("-" + flag + ": host \"" + host + "\" is unknown");
    }
  }

  private static int port(String text) {
    try {
      int port = Integer.parseInt(text);
      return port >= 0 && port <= 65535 ? port : -1;
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
