package dev.sluice.conformance;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// One side of a connection: a socket with what was read ahead of it.
///
/// Not thread-safe. Closing closes the socket.
final class HttpStream implements AutoCloseable {

  /// The other side ended the connection.
  static final class Ended extends IOException {
    private static final long serialVersionUID = 1;
  }

  final Socket socket;
  private byte[] buffer = new byte[4096];
  private int start;
  private int end;

  HttpStream(Socket socket) {
    this.socket = socket;
  }

  /// Reads once, at least a byte.
  private void more() throws IOException {
    if (start > 0) {
      System.arraycopy(buffer, start, buffer, 0, end - start);
      end -= start;
      start = 0;
    }
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    int count = socket.getInputStream().read(buffer, end, buffer.length - end);
    if (count < 0) {
      throw new Ended();
    }
    end += count;
  }

  /// What comes before the mark, which is taken too.
  String until(String mark) throws IOException {
    byte[] wanted = mark.getBytes(StandardCharsets.ISO_8859_1);
    int from = 0;
    while (true) {
      for (int at = start + from; at + wanted.length <= end; at++) {
        if (Arrays.equals(buffer, at, at + wanted.length, wanted, 0, wanted.length)) {
          byte[] part = Arrays.copyOfRange(buffer, start, at);
          start = at + wanted.length;
          return text(part);
        }
      }
      from = Math.max(0, end - start - wanted.length + 1);
      more();
    }
  }

  byte[] exactly(int count) throws IOException {
    while (end - start < count) {
      more();
    }
    return take(count);
  }

  /// All bytes up to the end of the connection, however it ends.
  byte[] rest() {
    try {
      while (true) {
        more();
      }
    } catch (IOException e) {
      return ahead();
    }
  }

  /// What was read ahead, with one more read.
  byte[] next() throws IOException {
    more();
    return ahead();
  }

  /// What was read ahead.
  byte[] ahead() {
    return take(end - start);
  }

  private byte[] take(int count) {
    byte[] part = Arrays.copyOfRange(buffer, start, start + count);
    start += count;
    return part;
  }

  void send(byte[] bytes) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(bytes);
    out.flush();
  }

  void send(String latin1) throws IOException {
    send(bytes(latin1));
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /// The bytes of a text, one for each character.
  static byte[] bytes(String text) {
    text.chars().filter(c -> c > 0xff).findFirst().ifPresent(c -> {
      throw new IllegalArgumentException("a character that is no byte: \\u%04x".formatted(c));
    });
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
