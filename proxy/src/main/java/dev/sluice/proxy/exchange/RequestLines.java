package dev.sluice.proxy.exchange;

import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
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

  /// @param http10 there are no expectations in HTTP/1.0 (RFC 9110 §10.1.1)
  static HttpFields.Mutable of(HttpFields received, InboundRequest.Options options, boolean http10) {
    HttpFields.Mutable lines = HttpFields.build();
    boolean dropUpgrade = false;
    for (HttpField field : received) {
      HttpHeader name = field.getHeader();
      if (name == null) {
        if (travels(field.getName(), options.strict())) {
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
        case EXPECT -> {
          if (!http10) {
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
    if (options.removeHopHeaders()) {
      removeNamed(lines, received);
    }
    return lines;
  }

  /// Clients of HTTP/2 may send each cookie as a field of its own (RFC 9113 §8.2.3).
  static void joinCookies(HttpFields.Mutable lines) {
    List<String> cookies = lines.getValuesList(HttpHeader.COOKIE);
    if (cookies.size() > 1) {
      lines.put(HttpHeader.COOKIE, String.join("; ", cookies));
    }
  }

  /// Takes out what stays on the client's side. Doing it again changes nothing.
  static void forBackend(HttpFields.Mutable lines, HttpFields received, InboundRequest.Options options) {
    HttpField te = lines.getField(HttpHeader.TE);
    if (te != null) {
      boolean trailers = !options.removeHopHeaders() && lines.contains(HttpHeader.TE, "trailers");
      lines.remove(HttpHeader.TE);
      if (trailers) {
        lines.add(TE_TRAILERS);
      }
    }
    lines.remove(HttpHeader.CONNECTION);
    if (options.removeHopHeaders()) {
      lines.remove(HOP_BY_HOP);
    }
    removeTwins(lines, received);
  }

  /// Client's lines that with `_` for `-` have the name of a line that a filter has set: a backend might take them for it.
  private static void removeTwins(HttpFields.Mutable lines, HttpFields received) {
    for (Iterator<HttpField> each = lines.iterator(); each.hasNext(); ) {
      HttpField field = each.next();
      if (field.getHeader() == null && field.getName().indexOf('_') >= 0 && received.getField(field.getName()) != null) {
        HttpField twin = lines.getField(field.getName().replace('_', '-'));
        if (twin != null && twin != received.getField(twin.getName())) {
          each.remove();
        }
      }
    }
  }

  private static boolean travels(String name, boolean strict) {
    if (strict && name.indexOf('_') >= 0) {
      return false;
    }
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
      if (Reception.tellsOfTheClient(each.next().getName())) {
        each.remove();
      }
    }
  }

  /// Lines that the client's Connection names, before anybody adds lines of the same name. Those that [#forBackend] takes out are left to it: filters
  /// see them.
  private static void removeNamed(HttpFields.Mutable lines, HttpFields received) {
    if (received.contains(HttpHeader.CONNECTION)) {
      for (String name : received.getCSV(HttpHeader.CONNECTION, false)) {
        HttpField named = lines.getField(name);
        if (named != null && named.getHeader() != HttpHeader.TE && (named.getHeader() == null || !HOP_BY_HOP.contains(named.getHeader()))) {
          lines.remove(name);
        }
      }
    }
  }
}
