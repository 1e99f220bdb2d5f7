package dev.sluice.proxy.filter.header;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.args.Template;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Key;
import org.jspecify.annotations.Nullable;

/// Changes of request headers with what is special about some names: `Host` is what the backend gets as Host, and the framing of the body is
/// the gateway's own matter.
public final class RequestHeaders {
  /// The Host that filters set as if it were a header; unlike the outgoing host it survives a loopback.
  private static final Key<String> HOST = Template.HOST_HEADER;

  private RequestHeaders() {}

  /// First value, or null. For `Host` what an earlier filter set, not the client's.
  public static @Nullable String first(Exchange x, HeaderName name) {
    return name.isHost() ? x.get(HOST) : x.request().headers().first(name.name());
  }

  /// Replaces all lines.
  public static void set(Exchange x, HeaderName name, String value) {
    if (name.isHost()) {
      x.put(HOST, value);
      x.outgoing().host(value);
    } else if (!isFraming(name)) {
      x.request().headers().set(name.name(), value);
    }
  }

  /// Adds a line.
  public static void add(Exchange x, HeaderName name, String value) {
    if (name.isHost()) {
      if (x.get(HOST) == null) {
        x.put(HOST, value);
      }
      x.outgoing().host(value);
    } else if (!isFraming(name)) {
      x.request().headers().add(name.name(), value);
    }
  }

  /// The Host that filters set, else the client's.
  public static String host(Exchange x) {
    String set = x.get(HOST);
    return set == null || set.isEmpty() ? x.request().host() : set;
  }

  /// Headers that frame the body: what a filter writes there is ignored.
  static boolean isFraming(HeaderName name) {
    return switch (name.name()) {
      case "Content-Length", "Transfer-Encoding", "Trailer" -> true;
      default -> false;
    };
  }
}
