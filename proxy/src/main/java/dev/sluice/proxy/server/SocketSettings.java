package dev.sluice.proxy.server;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/// Options of a listener's sockets. Numbers of 0 leave the system's own; those of TCP mean nothing to a Unix socket.
///
/// @param backlog connections that the system keeps until they are accepted, from 1
/// @param reusePort several processes may listen on the address
/// @param noDelay small packets are sent at once
/// @param keepAlive the system asks now and then whether a silent client is still there
/// @param receiveBuffer in bytes
/// @param sendBuffer in bytes
/// @param linger seconds that a close waits for what is not sent yet; -1: it does not wait
public record SocketSettings(int backlog, boolean reusePort, boolean noDelay, boolean keepAlive, int receiveBuffer, int sendBuffer, int linger) {
  static final SocketSettings DEFAULT = new SocketSettings(1024, false, true, false, 0, 0, -1);

  void applyTo(ServerSocketChannel socket) throws IOException {
    socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
    if (reusePort) {
      socket.setOption(StandardSocketOptions.SO_REUSEPORT, true);
    }
    if (receiveBuffer > 0) {
      // Before a connection comes: the window is agreed upon at its begin.
      socket.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
    }
  }

  void applyTo(SocketChannel client) throws IOException {
    client.setOption(StandardSocketOptions.TCP_NODELAY, noDelay);
    if (keepAlive) {
      client.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    }
    if (sendBuffer > 0) {
      client.setOption(StandardSocketOptions.SO_SNDBUF, sendBuffer);
    }
    if (linger >= 0) {
      client.setOption(StandardSocketOptions.SO_LINGER, linger);
    }
  }
}
