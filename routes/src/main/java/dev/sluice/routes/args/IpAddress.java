package dev.sluice.routes.args;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// An address as bits. An IPv4 address and the IPv6 address that it is mapped to differ.
///
/// @param high upper 64 bits of an IPv6 address; 0 for IPv4
/// @param low lower 64 bits, or the 32 bits of an IPv4 address
public record IpAddress(boolean v6, long high, long low) {
  /// Reads an address literal without asking any name service, or gives null. IPv4: four decimal numbers without leading zeros; IPv6 as in
  /// RFC 4291 §2.2, without zone and brackets.
  public static @Nullable IpAddress parse(String text) {
    return text.indexOf(':') >= 0 ? parse6(text) : parse4(text);
  }

  public static IpAddress of(InetAddress address) {
    return of(address.getAddress());
  }

  private static IpAddress of(byte[] bytes) {
    long high = 0;
    long low = 0;
    for (byte b : bytes) {
      high = high << 8 | low >>> 56;
      low = low << 8 | b & 0xff;
    }
    return new IpAddress(bytes.length == 16, high, low);
  }

  /// As text: dotted, or the shortest form of RFC 5952; an IPv4 address that is mapped to IPv6 is written as the former.
  @Override
  public String toString() {
    if (!v6 || high == 0 && low >>> 32 == 0xffff) {
      return (low >>> 24 & 255) + "." + (low >>> 16 & 255) + "." + (low >>> 8 & 255) + "." + (low & 255);
    }
    int start = -1;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int run = i;
      while (run < 8 && group(run) == 0) {
        run++;
      }
      if (run - i > length) {
        start = i;
        length = run - i;
      }
    }
    var text = new StringBuilder(39);
    for (int i = 0; i < 8; i++) {
      if (i == start) {
        text.append("::");
        i += length - 1;
      } else {
        text.append(text.isEmpty() || text.charAt(text.length() - 1) == ':' ? "" : ":").append(Integer.toHexString(group(i)));
      }
    }
    return text.toString();
  }

  private int group(int index) {
    return (int) ((index < 4 ? high >>> 48 - 16 * index : low >>> 112 - 16 * index) & 0xffff);
  }

  private static @Nullable IpAddress parse4(String text) {
    long value = 0;
    int part = 0;
    int digits = 0;
    int parts = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        if (digits == 0 || ++parts > 4) {
          return null;
        }
        value = value << 8 | part;
        part = 0;
        digits = 0;
      } else {
        if (c < '0' || c > '9' || digits == 1 && part == 0) {
          return null;
        }
        part = part * 10 + c - '0';
        digits++;
        if (part > 255) {
          return null;
        }
      }
    }
    return parts == 4 && digits > 0 ? new IpAddress(false, 0, value << 8 | part) : null;
  }

  private static @Nullable IpAddress parse6(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.digit(c, 16) < 0 && c != ':' && c != '.' || c > 127) {
        return null;
      }
    }
    try {
      byte[] bytes = InetAddress.ofLiteral(text).getAddress();
      IpAddress address = of(bytes);
      return bytes.length == 16 ? address : new IpAddress(true, 0, 0xffff_0000_0000L | address.low);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
