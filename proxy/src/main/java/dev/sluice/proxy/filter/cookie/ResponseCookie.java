package dev.sluice.proxy.filter.cookie;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;
import java.util.Optional;

/// Sets a secure cookie that scripts cannot read, for the domain of the request: its Host without port and, when there are two dots or more, without the
/// first label. Zero or less as lifetime deletes the cookie.
@Declaration(
    name = "responseCookie",
    summary = "Sets a cookie on the response",
    examples = @Example("""
        r: * -> responseCookie("variant", "b", 3600, "change-only") -> "https://api.example.org";"""))
public record ResponseCookie(
    @Arg("name of the cookie") CookieName name,
    @Arg("its value") String value,
    @Arg("lifetime in seconds; without it the cookie ends with the browser's session") Optional<Long> maxAge,
    @Arg("\"change-only\" sets it only when the client does not have this value") Optional<String> mode)
    implements StatelessFilter {

  @Override
  public Verdict response(Exchange x) {
    AddedCookie.add(x, name.name(), value, maxAge.orElse(null), mode.isPresent() && mode.get().equals("change-only"), true);
    return Verdict.CONTINUE;
  }
}
