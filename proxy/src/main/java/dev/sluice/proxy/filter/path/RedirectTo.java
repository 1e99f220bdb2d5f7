package dev.sluice.proxy.filter.path;

import dev.sluice.routes.args.StatusCode;
import dev.sluice.routes.args.UrlText;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.Respond;
import java.util.Optional;

/// Answers with a redirect. Parts that the location leaves out are taken from the request as earlier filters left it. No placeholders; later filters do not
/// run.
@Declaration(
    name = "redirectTo",
    summary = "Redirects the client",
    answers = true,
    examples = {
      @Example(value = """
          r: Path("/old") -> redirectTo(301, "/new") -> <shunt>;""", request = "GET /old", answer = "301"),
      @Example("""
          tls: Header("X-Forwarded-Proto", "http") -> redirectTo(308, "https:") -> <shunt>;""")
    })
public record RedirectTo(
    @Arg("status code, usually 301, 302, 303, 307 or 308") StatusCode code,
    @Arg("URL or a part of one, such as \"https:\", \"//host\", \"/path\" or \"?query\"") Optional<UrlText> location)
    implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    return new Respond(Location.answer(x, code, location.orElse(Location.NOWHERE), false));
  }
}
