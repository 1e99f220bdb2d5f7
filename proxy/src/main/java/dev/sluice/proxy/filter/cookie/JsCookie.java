package dev.sluice.proxy.filter.cookie;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;
import java.util.Optional;

/// As `responseCookie`, but scripts can read the cookie.
@Declaration(
    name = "jsCookie",
    summary = "Sets a cookie that scripts can read",
    examples = @Example("""
        r: * -> jsCookie("variant", "b") -> "https://api.example.org";"""))
public record JsCookie(
    @Arg("name of the cookie") CookieName name,
    @Arg("its value") String value,
    @Arg("lifetime in seconds; without it the cookie ends with the browser's session") Optional<Long> maxAge,
    @Arg("\"change-only\" sets it only when the client does not have this value") Optional<String> mode)
    implements StatelessFilter {

  @Override
  public Verdict response(Exchange x) {
    AddedCookie.add(x, name.name(), value, maxAge.orElse(null), mode.isPresent() && mode.get().equals("change-only"), false);
    return Verdict.CONTINUE;
  }
}
