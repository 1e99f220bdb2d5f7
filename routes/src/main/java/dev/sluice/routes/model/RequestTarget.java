package dev.sluice.routes.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A request target (RFC 9112 §3.2) taken apart, or why it is refused.
///
/// Three forms are read: `/path?query`, `http://authority/path?query` and `*`. The authority form is CONNECT's alone, which a
/// reverse gateway refuses before it looks at the target.
///
/// @param path decoded once, without dot segments, starting with `/`: what is matched. Empty segments are still in it. `*` for
///     the asterisk form
/// @param encodedPath what a backend gets while nobody changes the path: byte for byte as received, unless it held a dot segment
///     (then without it) or a character that must not stand raw in a path (that one percent-encoded)
/// @param query as received, without `?`; null when there is none
/// @param scheme of an absolute target, in lower case; else null
/// @param authority of an absolute target; else null
/// @param refusal null for a target that is accepted; else nothing but it means anything
public record RequestTarget(
    String path,
    String encodedPath,
    @Nullable String query,
    @Nullable String scheme,
    @Nullable String authority,
    @Nullable Refusal refusal) {

  /// Why a target is refused.
  ///
  /// @param status what the client gets
  /// @param reason for the log; holds nothing of what the client sent
  public record Refusal(int status, String reason) {}

  /// The reason of a refusal that the client is told, as Skipper tells it.
  public static final String INVALID_QUERY = "Invalid query";

  /// How targets are read.
  ///
  /// @param strict encoded slashes, backslashes and raw bytes outside ASCII are refused, runs of slashes merged
  /// @param keepReserved encoded reserved characters stay encoded in what is matched (`-rfc-patch-path`)
  /// @param validateQuery a query with a broken escape or a semicolon is refused
  public record Options(boolean strict, boolean keepReserved, boolean validateQuery) {
    /// As Skipper without flags.
    public static final Options DEFAULT = new Options(false, false, true);
  }

  /// Reads a target. Allocates nothing but the result when the path is plain and there is no query.
  ///
  /// @param raw as received, its bytes read as UTF-8; a byte that is not valid there is carried as `U+DC00 + byte`. U+FFFD, which
  ///     other decoders leave in its place, is refused, because the byte it stood for is lost
  public static RequestTarget parse(String raw, Options options) {
    if (raw.isEmpty()) {
      return refused(400, "empty target");
    }
    if (raw.charAt(0) == '/') {
      return origin(raw, null, null, options);
    }
    return raw.equals("*") ? new RequestTarget("*", "*", null, null, null, null) : absolute(raw, options);
  }

  /// True for `*`.
  public boolean isAsterisk() {
    return encodedPath.equals("*");
  }

  static RequestTarget refused(int status, String reason) {
    return new RequestTarget("", "", null, null, null, new Refusal(status, reason));
  }

  private static RequestTarget absolute(String raw, Options options) {
    int colon = raw.indexOf("://");
    if (colon < 0) {
      return refused(400, "target is neither a path nor an absolute URL");
    }
    String scheme = raw.substring(0, colon).toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return refused(400, "scheme of the target is neither http nor https");
    }
    int start = colon + 3;
    int end = start;
    while (end < raw.length() && "/?#".indexOf(raw.charAt(end)) < 0) {
      end++;
    }
    String authority = raw.substring(start, end);
    String problem = authority.isEmpty() || authority.startsWith(":") ? "authority is empty" : Authority.problem(authority);
    if (problem != null) {
      return refused(400, problem);
    }
    String rest = raw.substring(end);
    return origin(rest.startsWith("/") ? rest : "/" + rest, scheme, authority, options);
  }

  private static RequestTarget origin(String raw, @Nullable String scheme, @Nullable String authority, Options options) {
    int question = raw.indexOf('?');
    String encoded = question < 0 ? raw : raw.substring(0, question);
    String query = question < 0 ? null : raw.substring(question + 1);
    String problem = query == null ? null : queryProblem(query, options);
    if (problem != null) {
      return refused(400, problem);
    }
    if (RequestPath.isPlain(encoded) && !(options.strict() && encoded.contains("//"))) {
      return new RequestTarget(encoded, encoded, query, scheme, authority, null);
    }
    var path = PathReader.read(encoded, options);
    return path.problem() != null
        ? refused(400, path.problem())
        : new RequestTarget(path.decoded(), path.encoded(), query, scheme, authority, null);
  }

  /// Whether a query can be parsed as Go parses it: no broken escape, no semicolon.
  public static boolean isSound(String query) {
    return queryProblem(query, Options.DEFAULT) == null;
  }

  private static @Nullable String queryProblem(String query, Options options) {
    boolean sound = true;
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      if (c <= ' ' || c == 0x7F || c == '#' || c == '\uFFFD' || c >= 0x80 && options.strict()) {
        return "character in the query that must not stand there";
      }
      sound &= c != ';' && (c != '%' || RequestPath.isEscape(query, i));
    }
    return sound || !options.validateQuery() ? null : INVALID_QUERY;
  }
}
