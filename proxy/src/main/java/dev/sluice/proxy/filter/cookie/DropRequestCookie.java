package dev.sluice.proxy.filter.cookie;

import dev.sluice.routes.args.Tokens;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Headers;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;
import java.util.ArrayList;

/// Removes a cookie from the request. When it is there, the others are written as one line; when not, nothing is touched.
@Declaration(
    name = "dropRequestCookie",
    summary = "Removes a cookie from the request",
    examples = @Example("""
        r: * -> dropRequestCookie("tracking") -> "https://api.example.org";"""))
public record DropRequestCookie(@Arg("name of the cookie; case matters") String name) implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    Headers headers = x.request().headers();
    var kept = new ArrayList<String>();
    boolean found = false;
    for (String line : headers.all("Cookie")) {
      for (String pair : line.split(";")) {
        String text = pair.strip();
        int equals = text.indexOf('=');
        String pairName = equals < 0 ? text : text.substring(0, equals);
        if (pairName.equals(name)) {
          found = true;
        } else if (Tokens.isToken(pairName)) {
          kept.add(text);
        }
      }
    }
    if (found) {
      headers.remove("Cookie");
      if (!kept.isEmpty()) {
        headers.add("Cookie", String.join("; ", kept));
      }
    }
    return Verdict.CONTINUE;
  }
}
