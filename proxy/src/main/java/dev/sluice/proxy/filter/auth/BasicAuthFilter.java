package dev.sluice.proxy.filter.auth;

import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The running form of `basicAuth`.
final class BasicAuthFilter implements Filter {
  private final PasswordFile passwords;
  private final Verdict refusal;

  BasicAuthFilter(PasswordFile passwords, Verdict refusal) {
    this.passwords = passwords;
    this.refusal = refusal;
  }

  @Override
  public Verdict request(Exchange x) {
    String credentials = credentials(x.request().headers().first("Authorization"));
    int colon = credentials == null ? -1 : credentials.indexOf(':');
    if (credentials == null || colon < 0 || !passwords.accepts(credentials.substring(0, colon), credentials.substring(colon + 1))) {
      return refusal;
    }
    String attributes = passwords.attributes(credentials.substring(0, colon));
    if (attributes != null) {
      x.put(AuthAttributes.ATTRIBUTES, attributes);
    }
    return Verdict.CONTINUE;
  }

  private static @Nullable String credentials(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, "Basic ", 0, 6)) {
      return null;
    }
    try {
      byte[] decoded = Base64.getDecoder().decode(header.substring(6).strip());
      return new String(decoded, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public void close() {
    passwords.close();
  }
}
