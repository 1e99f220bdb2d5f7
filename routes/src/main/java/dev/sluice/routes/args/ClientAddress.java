package dev.sluice.routes.args;

import dev.sluice.routes.spi.Request;
import org.jspecify.annotations.Nullable;

/// The client's address as the language's original finds it: from X-Forwarded-For where that holds an address, else the peer. Only the header's
/// first line counts.
public final class ClientAddress {
  private static final String HEADER = "X-Forwarded-For";

  private ClientAddress() {}

  /// The first entry of X-Forwarded-For when it is an address (blanks around it do not matter), else the peer's; without port.
  /// Empty when neither is known.
  public static String first(Request request) {
    String line = request.headers().first(HEADER);
    if (line == null) {
      return request.peerText();
    }
    int comma = line.indexOf(',');
    String found = address((comma < 0 ? line : line.substring(0, comma)).strip());
    return found != null ? found : request.peerText();
  }

  /// The last entry of X-Forwarded-For when it is an address, else the peer's; without port.
  public static String last(Request request) {
    String line = request.headers().first(HEADER);
    String found = line == null ? null : address(line.substring(line.lastIndexOf(',') + 1).strip());
    return found != null ? found : request.peerText();
  }

  private static @Nullable String address(String entry) {
    IpAddress address = IpAddress.parse(withoutPort(entry));
    return address == null ? null : address.toString();
  }

  /// `10.0.0.1:80` and `[::1]:80` without port; anything else as it is.
  static String withoutPort(String entry) {
    int colon = entry.lastIndexOf(':');
    if (entry.startsWith("[")) {
      return colon > 0 && entry.charAt(colon - 1) == ']' ? entry.substring(1, colon - 1) : entry;
    }
    return colon > 0 && entry.indexOf(':') == colon ? entry.substring(0, colon) : entry;
  }
}
