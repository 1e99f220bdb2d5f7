package dev.sluice.proxy.server;

import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpScheme;
import org.eclipse.jetty.http.MetaData;
import org.jspecify.annotations.Nullable;

/// The pseudo-fields of a request's head, as they came, and the rules for them that Jetty leaves to us (RFC 9113 §8.2, §8.3).
///
/// @param path null when there is none, as for a plain CONNECT
/// @param authority null when there is none
/// @param protocol what an extended CONNECT asks for (RFC 8441); null when there is none
/// @param tooLarge the head is over its limit
record Http2Head(
    @Nullable String method, @Nullable String path, @Nullable String authority, @Nullable String protocol, boolean tooLarge) {
  static final Http2Head NONE = new Http2Head(null, null, null, null, false);

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  /// As a request line, for the log.
  String requestLine() {
    return (method == null ? "" : method) + " " + (path == null ? authority == null ? "" : authority : path) + " HTTP/2.0";
  }

  /// Why the request is malformed; null when it is not.
  ///
  /// @param ended no body follows
  @Nullable String problem(MetaData.Request request, boolean ended) {
    String verb = request.getMethod();
    if (!TOKEN.matcher(verb).matches()) {
      return "invalid method";
    }
    if (ended && request.getContentLength() > 0) {
      return "content-length without a body";
    }
    boolean connect = HttpMethod.CONNECT.is(verb);
    if (protocol != null && !connect) {
      return ":protocol without CONNECT";
    }
    if (connect && protocol == null) {
      return path == null && request.getHttpURI().getScheme() == null && authority != null ? host(request) : "invalid CONNECT";
    }
    String scheme = request.getHttpURI().getScheme();
    if (!HttpScheme.HTTP.is(scheme) && !HttpScheme.HTTPS.is(scheme)) {
      return "invalid scheme";
    }
    String target = path == null ? "" : path;
    boolean asterisk = target.equals("*") && HttpMethod.OPTIONS.is(verb);
    return asterisk || target.startsWith("/") && printable(target) ? host(request) : "invalid path";
  }

  private static boolean printable(String target) {
    for (int i = 0; i < target.length(); i++) {
      if (target.charAt(i) <= ' ' || target.charAt(i) == 0x7f) {
        return false;
      }
    }
    return true;
  }

  /// One Host field at most, which says what `:authority` says; no field that is of HTTP/1.1's connections.
  private @Nullable String host(MetaData.Request request) {
    String host = authority;
    int hosts = 0;
    int lengths = 0;
    for (HttpField field : request.getHttpFields()) {
      HttpHeader name = field.getHeader();
      if (name == null) {
        continue;
      }
      switch (name) {
        case HOST -> {
          hosts++;
          if (hosts > 1 || host != null && !host.equalsIgnoreCase(field.getValue())) {
            return "Host differs from :authority";
          }
          host = field.getValue();
        }
        case CONTENT_LENGTH -> {
          if (++lengths > 1 || !digits(field.getValue())) {
            return "invalid content-length";
          }
        }
        case CONNECTION, TRANSFER_ENCODING, KEEP_ALIVE, UPGRADE, PROXY_CONNECTION -> {
          return "field of another connection";
        }
        default -> {
          // free
        }
      }
    }
    return null;
  }

  private static boolean digits(String value) {
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < '0' || value.charAt(i) > '9') {
        return false;
      }
    }
    return !value.isEmpty() && value.length() < 19;
  }
}
