package dev.sluice.proxy.server;

import dev.sluice.proxy.exchange.Reception;
import dev.sluice.proxy.flag.RequestFlags;
import dev.sluice.routes.spi.Headers;
import dev.sluice.routes.spi.Request;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The headers that tell a backend who the client is: what the gateway adds (`-forwarded-headers`), and from whom it believes what is there
/// (`-trusted-proxies`).
///
/// With trusted proxies given, X-Forwarded-*, Forwarded and X-Real-Ip lines of any other peer are dropped before routing (RFC 7239 §8.1).
public final class ForwardedHeaders {
  private final List<Line> lines;
  private final PeerList excluded;
  private final @Nullable PeerList trusted;

  private ForwardedHeaders(List<Line> lines, PeerList excluded, @Nullable PeerList trusted) {
    this.lines = List.copyOf(lines);
    this.excluded = excluded;
    this.trusted = trusted;
  }

  /// One header that is written for each request.
  private interface Line {
    void write(Request request, Reception reception, Headers headers);
  }

  /// @throws StartProblem when a flag has a value that means nothing
  public static ForwardedHeaders of(GatewaySettings settings) throws StartProblem {
    List<Line> lines = new ArrayList<>();
    for (String name : settings.get(RequestFlags.FORWARDED_HEADERS)) {
      Line line = line(name.strip());
      if (line != null) {
        lines.add(line);
      }
    }
    PeerList trusted = PeerList.of(settings, RequestFlags.TRUSTED_PROXIES);
    return new ForwardedHeaders(
        lines,
        PeerList.of(settings, RequestFlags.FORWARDED_HEADERS_EXCLUDE_CIDRS),
        trusted.isEmpty() ? null : trusted);
  }

  private static @Nullable Line line(String setting) throws StartProblem {
    int equals = setting.indexOf('=');
    String name = equals < 0 ? setting : setting.substring(0, equals);
    String value = equals < 0 ? "" : setting.substring(equals + 1);
    if (equals < 0) {
      switch (name) {
        case "X-Forwarded-For" -> {
          return ForwardedHeaders::addPeer;
        }
        case "X-Forwarded-Host" -> {
          return (request, reception, headers) -> headers.set("X-Forwarded-Host", request.host());
        }
        case "X-Forwarded-Method" -> {
          return (request, reception, headers) -> headers.set("X-Forwarded-Method", request.method());
        }
        case "X-Forwarded-Uri" -> {
          return (request, reception, headers) -> headers.set("X-Forwarded-Uri", reception.receivedTarget());
        }
        default -> {
          // refused below
        }
      }
    } else if (name.equals("X-Forwarded-Port")) {
      return value.isEmpty() ? null : value.equals("auto")
          ? ForwardedHeaders::setPort
          : (request, reception, headers) -> headers.set("X-Forwarded-Port", value);
    } else if (name.equals("X-Forwarded-Proto")) {
      switch (value) {
        case "auto" -> {
          return (request, reception, headers) -> headers.set("X-Forwarded-Proto", request.secure() ? "https" : "http");
        }
        case "http", "https" -> {
          return (request, reception, headers) -> headers.set("X-Forwarded-Proto", value);
        }
        default -> {
          // refused below
        }
      }
    }
    throw new StartProblem("-forwarded-headers: invalid forwarded header \"" + setting + "\"; write X-Forwarded-For, X-Forwarded-Host, "
        + "X-Forwarded-Method, X-Forwarded-Uri, X-Forwarded-Port=auto or a number, X-Forwarded-Proto=auto, http or https");
  }

  /// Whether a peer's own forwarding headers are believed: any peer's unless `-trusted-proxies` says which.
  boolean believes(@Nullable InetAddress peer) {
    return trusted == null || peer != null && trusted.contains(peer);
  }

  /// Before routing.
  public void apply(Request request, Reception reception) {
    if (trusted != null && !believes(request.peer())) {
      reception.dropForwarding();
    }
    if (lines.isEmpty() || isExcluded(request.peer())) {
      return;
    }
    for (int i = 0; i < lines.size(); i++) {
      lines.get(i).write(request, reception, request.headers());
    }
  }

  private boolean isExcluded(@Nullable InetAddress peer) {
    return peer != null && !excluded.isEmpty() && excluded.contains(peer);
  }

  /// A client of a Unix socket has no address: what is there stays.
  private static void addPeer(Request request, Reception reception, Headers headers) {
    if (!request.peerText().isEmpty()) {
      headers.set("X-Forwarded-For", joined(headers, request.peerText()));
    }
  }

  private static void setPort(Request request, Reception reception, Headers headers) {
    if (reception.localPort() < 0) {
      headers.remove("X-Forwarded-Port");
    } else {
      headers.set("X-Forwarded-Port", Integer.toString(reception.localPort()));
    }
  }

  /// All lines that are there, and the peer's address.
  private static String joined(Headers headers, String peer) {
    List<String> before = headers.all("X-Forwarded-For");
    return before.isEmpty() ? peer : String.join(", ", before) + ", " + peer;
  }
}
