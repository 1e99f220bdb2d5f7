package dev.sluice.proxy.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Checks a request line byte by byte (RFC 9112 §3) and takes its target out, so that Jetty's URI handling never sees it.
///
/// CONNECT is refused here: what follows it is no HTTP (RFC 9110 §9.3.6). Exactly two single spaces, a method of token characters, no control byte or DEL, and a version `HTTP/1.x`. Bytes from 0x80 may stand in the
/// target. What forms of target are good is the pipeline's matter.
final class RequestLine {
  private static final int LONGEST_METHOD = 64;
  private static final byte[] CONNECT = "CONNECT".getBytes(StandardCharsets.US_ASCII);
  private static final boolean[] TOKEN = new boolean[256];

  static {
    for (char c : "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray()) {
      TOKEN[c] = true;
    }
  }

  private byte[] copy = new byte[256];
  private int length;
  private String target = "";
  private int methodLength;
  private boolean version10;
  private String problem = "";

  /// The target's bytes as Latin-1 characters.
  String target() {
    return target;
  }

  /// The line that was checked last, cut to 8192 characters.
  String text() {
    return new String(copy, 0, Math.min(length, 8192), StandardCharsets.ISO_8859_1);
  }

  int methodLength() {
    return methodLength;
  }

  boolean version10() {
    return version10;
  }

  /// What is wrong, in a few words, after a status other than 0.
  String problem() {
    return problem;
  }

  /// @param from the line's first byte
  /// @param end behind its last, without CR and LF
  /// @return 0, or the status to refuse the request with
  int check(ByteBuffer buffer, int from, int end) {
    length = end - from;
    if (copy.length < length) {
      copy = new byte[Math.max(length, copy.length * 2)];
    }
    buffer.get(from, copy, 0, length);
    int space = 0;
    while (space < length && TOKEN[copy[space] & 0xff]) {
      space++;
    }
    if (space == 0 || space == length || copy[space] != ' ' || space > LONGEST_METHOD) {
      return bad("invalid method");
    }
    methodLength = space;
    int start = space + 1;
    int stop = start;
    while (stop < length && (copy[stop] > ' ' && copy[stop] != 0x7f || copy[stop] < 0)) {
      stop++;
    }
    if (stop == start || stop == length || copy[stop] != ' ') {
      return bad(stop == length ? "missing version" : "invalid target");
    }
    int status = version(stop + 1);
    if (status == 0 && isConnect()) {
      problem = "CONNECT is not supported";
      return 405;
    }
    if (status == 0) {
      target = stop - start == 1 && copy[start] == '/' ? "/" : new String(copy, start, stop - start, StandardCharsets.ISO_8859_1);
    }
    if (copy.length > 16 << 10) {
      copy = Arrays.copyOf(copy, 8192);
    }
    return status;
  }

  private boolean isConnect() {
    return methodLength == CONNECT.length && Arrays.equals(copy, 0, methodLength, CONNECT, 0, methodLength);
  }

  private int version(int at) {
    boolean shape = length - at == 8 && copy[at] == 'H' && copy[at + 1] == 'T' && copy[at + 2] == 'T' && copy[at + 3] == 'P'
        && copy[at + 4] == '/' && digit(copy[at + 5]) && copy[at + 6] == '.' && digit(copy[at + 7]);
    if (!shape) {
      return bad("malformed HTTP version");
    }
    if (copy[at + 5] != '1') {
      problem = "unsupported protocol version";
      return 505;
    }
    version10 = copy[at + 7] == '0';
    return 0;
  }

  private static boolean digit(byte b) {
    return b >= '0' && b <= '9';
  }

  private int bad(String what) {
    problem = what;
    return 400;
  }
}
