package dev.sluice.proxy.filter.cookie;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;
import java.util.List;

/// Adds a cookie to the request, behind those of the client; one of the same name stays.
@Declaration(
    name = "requestCookie",
    summary = "Adds a cookie to the request",
    examples = @Example("""
        r: * -> requestCookie("variant", "b") -> "https://api.example.org";"""))
public record RequestCookie(
    @Arg("name of the cookie") CookieName name,
    @Arg("its value") String value)
    implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    List<String> lines = x.request().headers().all("Cookie").stream().filter(line -> !line.isEmpty()).toList();
    String pair = CookieText.pair(name.name(), value);
    x.request().headers().set("Cookie", lines.isEmpty() ? pair : String.join("; ", lines) + "; " + pair);
    return Verdict.CONTINUE;
  }
}
