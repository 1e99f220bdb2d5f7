package dev.sluice.proxy.server;

import dev.sluice.proxy.exchange.InboundRequest;
import dev.sluice.proxy.flag.RequestFlags;
import dev.sluice.routes.args.Cidr;
import dev.sluice.routes.args.IpAddress;
import dev.sluice.routes.spi.Headers;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The headers that tell a backend who the client is: what the gateway adds (`-forwarded-headers`), and from whom it believes what is there
/// (`-trusted-proxies`).
///
/// With trusted proxies given, X-Forwarded-*, Forwarded and X-Real-Ip lines of any other peer are dropped before routing (RFC 7239 §8.1).
final class ForwardedHeaders {
  private final List<Line> lines;
  private final List<Cidr> excluded;
  private final @Nullable List<Cidr> trusted;

  private ForwardedHeaders(List<Line> lines, List<Cidr> excluded, @Nullable List<Cidr> trusted) {
    this.lines = List.copyOf(lines);
    this.excluded = excluded;
    this.trusted = trusted;
  }

  /// One header that is written for each request.
  private interface Line {
    void write(InboundRequest request, Headers headers);
  }

  static ForwardedHeaders of(GatewaySettings settings) throws StartProblem {
    List<Line> lines = new ArrayList<>();
    for (String name : settings.get(RequestFlags.FORWARDED_HEADERS)) {
      Line line = line(name.strip());
      if (line != null) {
        lines.add(line);
      }
    }
    List<String> trusted = settings.get(RequestFlags.TRUSTED_PROXIES);
    return new ForwardedHeaders(
        lines,
        networks(RequestFlags.FORWARDED_HEADERS_EXCLUDE_CIDRS.name(), settings.get(RequestFlags.FORWARDED_HEADERS_EXCLUDE_CIDRS)),
        trusted.isEmpty() ? null : networks(RequestFlags.TRUSTED_PROXIES.name(), trusted));
  }

  private static @Nullable Line line(String setting) throws StartProblem {
    int equals = setting.indexOf('=');
    String name = equals < 0 ? setting : setting.substring(0, equals);
    String value = equals < 0 ? "" : setting.substring(equals + 1);
    if (equals < 0) {
      switch (name) {
        case "X-Forwarded-For" -> {
          return (request, headers) -> headers.set("X-Forwarded-For", joined(headers, request.peerText()));
        }
        case "X-Forwarded-Host" -> {
          return (request, headers) -> headers.set("X-Forwarded-Host", request.host());
        }
        case "X-Forwarded-Method" -> {
          return (request, headers) -> headers.set("X-Forwarded-Method", request.method());
        }
        case "X-Forwarded-Uri" -> {
          return (request, headers) -> headers.set("X-Forwarded-Uri", request.receivedTarget());
        }
        default -> {
          // refused below
        }
      }
    } else if (name.equals("X-Forwarded-Port")) {
      return value.isEmpty() ? null : value.equals("auto")
          ? (request, headers) -> headers.set("X-Forwarded-Port", Integer.toString(request.localPort()))
          : (request, headers) -> headers.set("X-Forwarded-Port", value);
    } else if (name.equals("X-Forwarded-Proto")) {
      switch (value) {
        case "auto" -> {
          return (request, headers) -> headers.set("X-Forwarded-Proto", request.secure() ? "https" : "http");
        }
        case "http", "https" -> {
          return (request, headers) -> headers.set("X-Forwarded-Proto", value);
        }
        default -> {
          // refused below
        }
      }
    }
    throw new StartProblem("-forwarded-headers: invalid forwarded header \"" + setting + "\"; write X-Forwarded-For, X-Forwarded-Host, "
        + "X-Forwarded-Method, X-Forwarded-Uri, X-Forwarded-Port=auto or a number, X-Forwarded-Proto=auto, http or https");
  }

  private static List<Cidr> networks(String flag, List<String> texts) throws StartProblem {
    List<Cidr> networks = new ArrayList<>();
    for (String text : texts) {
      try {
        networks.add(Cidr.parse(text.strip()));
      } catch (IllegalArgumentException e) {
        throw new StartProblem("-" + flag + ": \"" + text + "\" is no network; write ADDRESS or ADDRESS/BITS");
      }
    }
    return networks;
  }

  /// Whether a peer's own forwarding headers are believed: any peer's unless `-trusted-proxies` says which.
  boolean believes(@Nullable InetAddress peer) {
    return trusted == null || peer != null && contains(trusted, peer);
  }

  /// Before routing.
  void apply(InboundRequest request) {
    if (trusted != null && !believes(request.peer())) {
      request.dropForwarding();
    }
    if (lines.isEmpty() || !excluded.isEmpty() && request.peer() != null && contains(excluded, request.peer())) {
      return;
    }
    for (int i = 0; i < lines.size(); i++) {
      lines.get(i).write(request, request.headers());
    }
  }

  private static boolean contains(List<Cidr> networks, InetAddress peer) {
    IpAddress address = IpAddress.of(peer);
    for (int i = 0; i < networks.size(); i++) {
      if (networks.get(i).contains(address)) {
        return true;
      }
    }
    return false;
  }

  /// All lines that are there, and the peer's address.
  private static String joined(Headers headers, String peer) {
    List<String> before = headers.all("X-Forwarded-For");
    return before.isEmpty() ? peer : String.join(", ", before) + ", " + peer;
  }
}
