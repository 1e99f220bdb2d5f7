package dev.sluice.bench;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/// Bodies of 100 MiB, as fast as they go, on a few connections.
///
/// @param upload in requests; else in responses
record Bulk(boolean upload, int connections) implements Load.Generator {
  static final long BODY = 100L << 20;
  private static final int PIECE = 256 << 10;

  @Override
  public boolean installed() {
    return true;
  }

  /// Ends with the first body that is complete after the time is over, on each connection.
  @Override
  public Load run(int port, int seconds) throws IOException, InterruptedException {
    var requests = new AtomicLong();
    var problem = new AtomicReference<IOException>();
    long begin = System.nanoTime();
    Thread[] threads = new Thread[connections];
    for (int i = 0; i < connections; i++) {
      threads[i] = Thread.ofPlatform().start(() -> {
        try (var socket = new Socket("127.0.0.1", port)) {
          var in = new BufferedInputStream(socket.getInputStream(), PIECE);
          byte[] piece = new byte[PIECE];
          while (System.nanoTime() - begin < seconds * 1_000_000_000L) {
            exchange(socket.getOutputStream(), in, piece);
            requests.incrementAndGet();
          }
        } catch (IOException e) {
          problem.compareAndSet(null, e);
        }
      });
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (problem.get() != null) {
      throw problem.get();
    }
    double took = (System.nanoTime() - begin) / 1e9;
    return new Load(requests.get(), requests.get() * BODY, requests.get() / took, 0, 0, 0);
  }

  private void exchange(OutputStream out, InputStream in, byte[] piece) throws IOException {
    String head = upload
        ? "POST /up HTTP/1.1\r\nHost: bench\r\nContent-Length: " + BODY + "\r\n\r\n"
        : "GET /100m HTTP/1.1\r\nHost: bench\r\n\r\n";
    out.write(head.getBytes(StandardCharsets.US_ASCII));
    if (upload) {
      for (long sent = 0; sent < BODY; sent += piece.length) {
        out.write(piece);
      }
    }
    long left = bodyLength(in);
    while (left > 0) {
      int n = in.read(piece, 0, (int) Math.min(piece.length, left));
      if (n < 0) {
        throw new EOFException("the connection ended within a body");
      }
      left -= n;
    }
  }

  /// Reads a head.
  ///
  /// @return the length of the body that follows
  /// @throws IOException also for a head without a length, and for an answer other than 200
  static long bodyLength(InputStream in) throws IOException {
    String first = line(in);
    if (first.startsWith("HTTP/") && !first.contains(" 200")) {
      throw new IOException("not a 200: " + first);
    }
    long length = -1;
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      if (line.regionMatches(true, 0, "content-length:", 0, 15)) {
        length = Long.parseLong(line.substring(15).strip());
      }
    }
    if (length < 0) {
      throw new IOException("no Content-Length after " + first);
    }
    return length;
  }

  private static String line(InputStream in) throws IOException {
    var line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the connection ended within a head");
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }
}
