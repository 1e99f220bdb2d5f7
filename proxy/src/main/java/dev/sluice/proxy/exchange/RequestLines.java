package dev.sluice.proxy.exchange;

import java.util.EnumSet;
import java.util.Iterator;
import java.util.Locale;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;

/// Which header lines of a client's request travel on. One pass, field objects are kept.
///
/// Left behind at once: Host, Content-Length and Transfer-Encoding (written anew), Keep-Alive, Trailer (trailers are announced by being sent), Proxy
/// (httpoxy), an h2c upgrade (RFC 9113 §3.1), names that read like forwarding headers with `_` for `-`, and what marks internal copies.
/// Filters see the other hop-by-hop lines; [#forBackend] takes out Connection (RFC 9110 §7.6.1) and codings of TE but trailers, and with
/// `-remove-hop-headers` all of them and those that the client's Connection names.
final class RequestLines {
  private static final EnumSet<HttpHeader> HOP_BY_HOP = EnumSet.of(HttpHeader.PROXY_CONNECTION, HttpHeader.PROXY_AUTHENTICATE,
      HttpHeader.PROXY_AUTHORIZATION, HttpHeader.UPGRADE);
  private static final HttpField TE_TRAILERS = new HttpField(HttpHeader.TE, "trailers");

  private RequestLines() {}

  static HttpFields.Mutable of(HttpFields received) {
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
        case HOST, CONTENT_LENGTH, TRANSFER_ENCODING, KEEP_ALIVE, TRAILER -> {
          // of this connection
        }
        case UPGRADE -> {
          dropUpgrade |= field.contains("h2c");
          lines.add(field);
        }
        default -> lines.add(field);
      }
    }
    if (dropUpgrade) {
      lines.remove(HttpHeader.UPGRADE);
      lines.remove("HTTP2-Settings");
    }
    return lines;
  }

  /// Takes out what stays on the client's side. Doing it again changes nothing.
  static void forBackend(HttpFields.Mutable lines, HttpFields received, boolean removeHopHeaders) {
    HttpField te = lines.getField(HttpHeader.TE);
    if (te != null) {
      boolean trailers = !removeHopHeaders && lines.contains(HttpHeader.TE, "trailers");
      lines.remove(HttpHeader.TE);
      if (trailers) {
        lines.add(TE_TRAILERS);
      }
    }
    lines.remove(HttpHeader.CONNECTION);
    if (removeHopHeaders) {
      lines.remove(HOP_BY_HOP);
      removeNamed(lines, received);
    }
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

  /// Lines that the client's Connection names; those that filters set for the backend stay.
  private static void removeNamed(HttpFields.Mutable lines, HttpFields received) {
    for (String name : received.getCSV(HttpHeader.CONNECTION, false)) {
      HttpField own = lines.getField(name);
      if (own != null && received.getField(name) == own) {
        lines.remove(name);
      }
    }
  }
}
