package dev.sluice.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A backend that reads request bodies to their end and answers then. nginx by itself would answer before.
final class Sink implements AutoCloseable {
  private static final byte[] ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);

  private final ServerSocket listener = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());

  Sink() throws IOException {
    Thread.ofPlatform().daemon().name("sink").start(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        Thread.ofPlatform().daemon().start(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed: the end.
    }
  }

  private static void serve(Socket socket) {
    try (socket) {
      var in = new BufferedInputStream(socket.getInputStream(), 1 << 20);
      byte[] piece = new byte[1 << 20];
      for (long length = Bulk.bodyLength(in); length >= 0; length = Bulk.bodyLength(in)) {
        while (length > 0) {
          int n = in.read(piece, 0, (int) Math.min(piece.length, length));
          if (n < 0) {
            return;
          }
          length -= n;
        }
        socket.getOutputStream().write(ANSWER);
      }
    } catch (IOException e) {
      // The proxy went away.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
