package dev.sluice.proxy.filter.cookie;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Headers;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;
import java.util.List;

/// Removes the Set-Cookie lines of a cookie. When there are any, the others are written anew in one order of attributes; when not, nothing is
/// touched.
@Declaration(
    name = "dropResponseCookie",
    summary = "Removes a cookie from the response",
    examples = @Example("""
        r: * -> dropResponseCookie("session") -> "https://api.example.org";"""))
public record DropResponseCookie(@Arg("name of the cookie; case matters") String name) implements StatelessFilter {

  @Override
  public Verdict response(Exchange x) {
    Headers headers = x.response().headers();
    List<String> lines = headers.all("Set-Cookie");
    if (lines.stream().noneMatch(line -> SetCookie.nameOf(line).equals(name))) {
      return Verdict.CONTINUE;
    }
    headers.remove("Set-Cookie");
    for (String line : lines) {
      SetCookie cookie = SetCookie.parse(line);
      if (cookie != null && !cookie.name().equals(name)) {
        headers.add("Set-Cookie", cookie.toString());
      }
    }
    return Verdict.CONTINUE;
  }
}
