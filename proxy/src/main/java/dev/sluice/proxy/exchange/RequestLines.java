package dev.sluice.proxy.exchange;

import java.util.Iterator;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.jspecify.annotations.Nullable;

/// Which header lines of a client's request travel on. One pass, field objects are kept.
///
/// Left behind: Host, Content-Length and Transfer-Encoding (written anew), Connection and Keep-Alive (RFC 9110 §7.6.1), Proxy (httpoxy), codings of TE but
/// trailers, an h2c upgrade (RFC 9113 §3.1), names that read like forwarding headers with `_` for `-`, and what marks internal copies. With
/// `-remove-hop-headers` also the other hop-by-hop lines and those that Connection names.
final class RequestLines {
  private static final HttpField TE_TRAILERS = new HttpField(HttpHeader.TE, "trailers");

  private RequestLines() {}

  static HttpFields.Mutable of(HttpFields received, boolean removeHopHeaders) {
    HttpFields.Mutable lines = HttpFields.build();
    boolean dropUpgrade = false;
    for (HttpField field : received) {
      HttpHeader name = field.getHeader();
      if (name == null) {
        if (travels(field.getName())) {
          lines.add(field);
        }
        continue;
      }
      switch (name) {
        case HOST, CONTENT_LENGTH, TRANSFER_ENCODING, CONNECTION, KEEP_ALIVE -> {
          // of this connection
        }
        case TE -> {
          if (!removeHopHeaders && field.contains("trailers")) {
            lines.add(TE_TRAILERS);
          }
        }
        case UPGRADE -> {
          dropUpgrade |= field.contains("h2c");
          if (!removeHopHeaders) {
            lines.add(field);
          }
        }
        case PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, PROXY_CONNECTION, TRAILER -> {
          if (!removeHopHeaders) {
            lines.add(field);
          }
        }
        default -> lines.add(field);
      }
    }
    if (dropUpgrade) {
      lines.remove(HttpHeader.UPGRADE);
      lines.remove("HTTP2-Settings");
    }
    if (removeHopHeaders) {
      removeNamed(lines, received.get(HttpHeader.CONNECTION));
    }
    return lines;
  }

  private static boolean travels(String name) {
    char first = name.charAt(0);
    return switch (first) {
      case 'p', 'P' -> !name.equalsIgnoreCase("Proxy");
      case 'x', 'X', 'f', 'F' -> !name.equalsIgnoreCase("X-Tee-Loopback-Key") && !spoofs(name);
      default -> true;
    };
  }

  /// With `_` for `-` it reads like a header that names the client.
  private static boolean spoofs(String name) {
    if (name.indexOf('_') < 0) {
      return false;
    }
    String plain = name.replace('_', '-').toLowerCase(Locale.ROOT);
    return plain.startsWith("x-forwarded-") || plain.equals("x-real-ip");
  }

  static void dropForwarding(HttpFields.Mutable lines) {
    for (Iterator<HttpField> each = lines.iterator(); each.hasNext(); ) {
      String name = each.next().getName();
      if (name.regionMatches(true, 0, "X-Forwarded-", 0, 12) || name.equalsIgnoreCase("Forwarded")
          || name.equalsIgnoreCase("X-Real-Ip")) {
        each.remove();
      }
    }
  }

  private static void removeNamed(HttpFields.Mutable lines, @Nullable String connection) {
    if (connection == null) {
      return;
    }
    for (String name : connection.split(",")) {
      lines.remove(name.strip());
    }
  }
}
