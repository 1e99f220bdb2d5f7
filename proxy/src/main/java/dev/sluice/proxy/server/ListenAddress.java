package dev.sluice.proxy.server;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/// Addresses to listen on, as flags write them: `:9090` (all interfaces), `127.0.0.1:9090`, `[::1]:9090`, `localhost:9090`, `unix:/run/sluice.sock`.
public final class ListenAddress {
  private static final String UNIX = "unix:";
  private static final int LONGEST_PATH = 107;

  private ListenAddress() {}

  /// @throws StartProblem when it is no address; says what is expected
  public static SocketAddress anyOf(String flag, String text) throws StartProblem {
    if (!text.startsWith(UNIX)) {
      return parse(flag, text);
    }
    String path = text.startsWith(UNIX + "//") ? text.substring(UNIX.length() + 2) : text.substring(UNIX.length());
    if (path.startsWith("@")) {
      throw new StartProblem("-" + flag + ": \"" + text + "\": abstract sockets cannot be opened from Java; write unix:/PATH");
    }
    if (path.isEmpty() || path.indexOf(0) >= 0 || path.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST_PATH) {
      throw new StartProblem("-" + flag + ": \"" + text + "\" is no address; write unix:/PATH with at most " + LONGEST_PATH + " bytes of path");
    }
    return UnixDomainSocketAddress.of(path);
  }

  /// A TCP address.
  ///
  /// @throws StartProblem when it is none; says what is expected
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
