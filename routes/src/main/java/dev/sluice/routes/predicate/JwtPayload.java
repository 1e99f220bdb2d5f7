package dev.sluice.routes.predicate;

import dev.sluice.routes.spi.Key;
import dev.sluice.routes.spi.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// The claims of a request's bearer token that are texts. The token is not verified: nothing may be allowed on its word.
final class JwtPayload {
  private static final Key<JwtPayload> KEY = Key.of("jwtPayload", JwtPayload.class);
  private static final JsonFactory JSON = new JsonFactory();
  private static final String SCHEME = "Bearer ";

  private final @Nullable String header;
  private final Map<String, String> claims;

  private JwtPayload(@Nullable String header, Map<String, String> claims) {
    this.header = header;
    this.claims = claims;
  }

  /// Read once for each request, unless a filter changed the header. Empty for a request without a token that can be read.
  static Map<String, String> claims(Request request) {
    String header = request.headers().first("Authorization");
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return Map.of();
    }
    JwtPayload known = request.attributes().get(KEY);
    if (known == null || !header.equals(known.header)) {
      known = new JwtPayload(header, read(header.substring(SCHEME.length())));
      request.attributes().put(KEY, known);
    }
    return known.claims;
  }

  private static Map<String, String> read(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    boolean threeParts = first >= 0 && second >= 0 && token.indexOf('.', second + 1) < 0;
    if (!threeParts || token.indexOf('=', first, second) >= 0) {
      return Map.of();
    }
    try {
      return texts(Base64.getUrlDecoder().decode(token.substring(first + 1, second).getBytes(StandardCharsets.ISO_8859_1)));
    } catch (IllegalArgumentException | JacksonException e) {
      return Map.of();
    }
  }

  private static Map<String, String> texts(byte[] json) {
    var texts = new HashMap<String, String>();
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Map.of();
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          texts.put(name, parser.getString());
        } else {
          texts.remove(name);
          parser.skipChildren();
        }
      }
      return parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null ? texts : Map.of();
    }
  }
}
