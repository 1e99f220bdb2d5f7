package dev.sluice.routes.predicate;

import dev.sluice.routes.args.Cidr;
import dev.sluice.routes.args.IpAddress;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.Request;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Source, SourceFromLast and ClientIP have in common: whether an address lies in one of some networks, and which address
/// that is.
final class Networks {
  private static final String FORWARDED_FOR = "X-Forwarded-For";

  private Networks() {}

  /// @throws ArgumentProblem for an address that stands for no host
  static void check(List<Cidr> networks) {
    for (int i = 0; i < networks.size(); i++) {
      IpAddress address = networks.get(i).network();
      boolean single = networks.get(i).prefix() == (address.v6() ? 128 : 32);
      if (single && address.high() == 0 && address.low() == 0) {
        throw new ArgumentProblem(i, "the unspecified address matches no client; for every client write \"" + address + "/0\"");
      }
    }
  }

  /// False for an unknown address.
  static boolean contain(List<Cidr> networks, @Nullable IpAddress address) {
    if (address != null) {
      for (int i = 0; i < networks.size(); i++) {
        if (networks.get(i).contains(address)) {
          return true;
        }
      }
    }
    return false;
  }

  /// The first entry of X-Forwarded-For when it is an address, else the peer's.
  static @Nullable IpAddress first(Request request) {
    String line = request.headers().first(FORWARDED_FOR);
    if (line == null) {
      return peer(request);
    }
    int comma = line.indexOf(',');
    return entry(comma < 0 ? line : line.substring(0, comma), request);
  }

  /// The last entry of X-Forwarded-For when it is an address, else the peer's.
  static @Nullable IpAddress last(Request request) {
    String line = request.headers().first(FORWARDED_FOR);
    return line == null ? peer(request) : entry(line.substring(line.lastIndexOf(',') + 1), request);
  }

  /// The peer's address; null for a Unix socket, and for one that means something on a single link only.
  static @Nullable IpAddress peer(Request request) {
    InetAddress peer = request.peer();
    return peer == null || peer instanceof Inet6Address six && six.getScopeId() != 0 ? null : IpAddress.of(peer);
  }

  private static @Nullable IpAddress entry(String text, Request request) {
    IpAddress address = IpAddress.parse(withoutPort(text.strip()));
    return address != null ? address : peer(request);
  }

  private static String withoutPort(String entry) {
    int colon = entry.lastIndexOf(':');
    if (entry.startsWith("[")) {
      int bracket = entry.indexOf(']');
      return bracket > 0 && (bracket == entry.length() - 1 || colon == bracket + 1) ? entry.substring(1, bracket) : entry;
    }
    return colon > 0 && entry.indexOf(':') == colon ? entry.substring(0, colon) : entry;
  }
}
