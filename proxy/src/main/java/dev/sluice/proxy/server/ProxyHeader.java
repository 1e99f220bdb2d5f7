package dev.sluice.proxy.server;

import dev.sluice.routes.args.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Reads a header of the PROXY protocol, version 1 or 2 (haproxy.org/download/3.4/doc/proxy-protocol.txt), from the first bytes of a connection.
///
/// Stricter than needed nowhere, and not laxer than the text: addresses of the announced family only, ports without leading zeros, defined commands
/// and families only. Extensions (TLVs) are skipped. At most 4096 bytes may follow the fixed part of version 2.
sealed interface ProxyHeader {
  /// More bytes are needed.
  ///
  /// @param certain that it is a header; else the bytes may still turn out to be something else
  record Incomplete(boolean certain) implements ProxyHeader {}

  /// The bytes are no header.
  record Absent() implements ProxyHeader {}

  /// It begins like a header, and is broken.
  record Broken(String why) implements ProxyHeader {}

  /// @param length bytes that it takes
  /// @param addresses whom the peer speaks for; null: for itself
  record Complete(int length, @Nullable Addresses addresses) implements ProxyHeader {}

  /// The two ends of the connection that the peer passes on.
  record Addresses(SocketAddress source, SocketAddress destination) {}

  /// Most bytes of a header.
  int LONGEST = 16 + 4096;

  /// Longest line of version 1, with its end.
  int LONGEST_LINE = 107;

  byte[] TEXT = "PROXY".getBytes(StandardCharsets.US_ASCII);
  byte[] BINARY = HexFormat.of().parseHex("0d0a0d0a000d0a515549540a");

  /// @param bytes all that has come so far; not changed
  static ProxyHeader read(ByteBuffer bytes) {
    if (begins(bytes, TEXT)) {
      return bytes.remaining() < TEXT.length ? new Incomplete(false) : text(bytes);
    }
    if (begins(bytes, BINARY)) {
      return bytes.remaining() < BINARY.length ? new Incomplete(false) : binary(bytes);
    }
    return new Absent();
  }

  private static boolean begins(ByteBuffer bytes, byte[] signature) {
    for (int i = 0; i < Math.min(bytes.remaining(), signature.length); i++) {
      if (bytes.get(bytes.position() + i) != signature[i]) {
        return false;
      }
    }
    return true;
  }

  private static ProxyHeader text(ByteBuffer bytes) {
    int most = Math.min(bytes.remaining(), LONGEST_LINE);
    byte[] line = new byte[most];
    bytes.get(bytes.position(), line);
    int end = 0;
    while (end < most && line[end] != '\n') {
      end++;
    }
    if (end == most) {
      return most == LONGEST_LINE ? new Broken("the line is longer than 107 bytes") : new Incomplete(true);
    }
    if (line[end - 1] != '\r') {
      return new Broken("the line ends without CR");
    }
    String[] parts = new String(line, 0, end - 1, StandardCharsets.ISO_8859_1).split(" ", -1);
    if (!parts[0].equals("PROXY") || parts.length < 2) {
      return new Broken("no family");
    }
    if (parts[1].equals("UNKNOWN")) {
      return new Complete(end + 1, null);
    }
    boolean v6 = parts[1].equals("TCP6");
    if (parts.length != 6 || !v6 && !parts[1].equals("TCP4")) {
      return new Broken("not TCP4, TCP6 or UNKNOWN with its four fields");
    }
    InetSocketAddress source = address(parts[2], parts[4], v6);
    InetSocketAddress destination = address(parts[3], parts[5], v6);
    return source == null || destination == null ? new Broken("a bad address or port") : new Complete(end + 1, new Addresses(source, destination));
  }

  private static @Nullable InetSocketAddress address(String host, String port, boolean v6) {
    IpAddress parsed = IpAddress.parse(host);
    if (parsed == null || parsed.v6() != v6 || !port.matches("0|[1-9][0-9]{0,4}") || Integer.parseInt(port) > 65535) {
      return null;
    }
    try {
      // A literal: nothing is looked up.
      return new InetSocketAddress(InetAddress.getByName(host), Integer.parseInt(port));
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static ProxyHeader binary(ByteBuffer bytes) {
    int at = bytes.position();
    if (bytes.remaining() < 16) {
      return new Incomplete(true);
    }
    int command = bytes.get(at + 12) & 0xff;
    int family = bytes.get(at + 13) & 0xff;
    int length = bytes.getShort(at + 14) & 0xffff;
    boolean local = command == 0x20;
    if (!local && command != 0x21) {
      return new Broken("version and command " + Integer.toHexString(command) + " are undefined");
    }
    int needed = switch (family) {
      case 0x00 -> 0;
      case 0x11, 0x12 -> 12;
      case 0x21, 0x22 -> 36;
      case 0x31, 0x32 -> 216;
      default -> -1;
    };
    if (needed < 0 || needed == 0 && !local) {
      return new Broken("family " + Integer.toHexString(family) + " is undefined");
    }
    if (length > LONGEST - 16 || length < needed && !local) {
      return new Broken("length " + length);
    }
    if (bytes.remaining() < 16 + length) {
      return new Incomplete(true);
    }
    return new Complete(16 + length, local ? null : addresses(bytes.slice(at + 16, needed)));
  }

  private static Addresses addresses(ByteBuffer block) {
    if (block.remaining() == 216) {
      return new Addresses(unix(block, 0), unix(block, 108));
    }
    int size = block.remaining() == 12 ? 4 : 16;
    return new Addresses(inet(block, 0, size, 2 * size), inet(block, size, size, 2 * size + 2));
  }

  private static InetSocketAddress inet(ByteBuffer block, int at, int size, int port) {
    byte[] address = new byte[size];
    block.get(at, address);
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), block.getShort(port) & 0xffff);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Its path is of no use here, and may be none on this machine.
  private static SocketAddress unix(ByteBuffer block, int at) {
    byte[] path = new byte[108];
    block.get(at, path);
    int end = 0;
    while (end < path.length && path[end] != 0) {
      end++;
    }
    String text = new String(Arrays.copyOf(path, end), StandardCharsets.UTF_8);
    try {
      return UnixDomainSocketAddress.of(text);
    } catch (IllegalArgumentException e) {
      return UnixDomainSocketAddress.of("");
    }
  }
}
