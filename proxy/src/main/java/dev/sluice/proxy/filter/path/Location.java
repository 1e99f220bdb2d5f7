package dev.sluice.proxy.filter.path;

import dev.sluice.proxy.filter.header.RequestHeaders;
import dev.sluice.routes.args.PercentEncoding;
import dev.sluice.routes.args.StatusCode;
import dev.sluice.routes.args.UrlText;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Answer.Header;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Key;
import dev.sluice.routes.spi.Request;
import java.util.Locale;

/// Builds the Location of a redirect: what the argument leaves out is taken from the request. The scheme is https, unless the request's target
/// named one; the host is the one that filters set, else the client's.
public final class Location {
  /// The scheme of a request target in absolute form, when there was one.
  public static final Key<String> TARGET_SCHEME = Key.of("request.target.scheme", String.class);

  private Location() {}

  static String of(Exchange x, UrlText to, boolean lower) {
    Request request = x.request();
    String asked = x.get(TARGET_SCHEME);
    String scheme = !to.scheme().isEmpty() ? to.scheme() : asked != null ? asked : "https";
    String authority = to.authority().isEmpty() ? RequestHeaders.host(x) : to.authority();
    String path = to.path().isEmpty() ? request.encodedPath() : to.path();
    String query = to.query() == null || to.query().isEmpty() ? request.query() : to.query();
    String rooted = path.startsWith("/") || path.isEmpty() ? oneSlash(path) : "/" + path;
    return new UrlText(
        scheme,
        authority,
        PercentEncoding.repair(lower ? lower(rooted) : rooted),
        query == null || query.isEmpty() ? null : PercentEncoding.repair(query),
        to.fragment())
        .toString();
  }

  /// Leading slashes become one: two would begin a host.
  private static String oneSlash(String path) {
    int last = 0;
    while (last + 1 < path.length() && path.charAt(last + 1) == '/') {
      last++;
    }
    return path.substring(last);
  }

  /// Lower case of an escaped path; escaped slashes stay escaped.
  private static String lower(String path) {
    var lowered = new StringBuilder(path.length());
    for (String piece : path.split("(?i)(?<=%2F)|(?=%2F)", -1)) {
      String decoded = piece.equalsIgnoreCase("%2F") ? null : PercentEncoding.decodePath(piece);
      lowered.append(decoded == null ? piece : PercentEncoding.path(decoded.toLowerCase(Locale.ROOT)));
    }
    return lowered.toString();
  }

  static Answer answer(Exchange x, StatusCode code, UrlText to, boolean lower) {
    return Answer.of(code.code(), new Header("Location", of(x, to, lower)));
  }

  static final UrlText NOWHERE = UrlText.parse("");
}
