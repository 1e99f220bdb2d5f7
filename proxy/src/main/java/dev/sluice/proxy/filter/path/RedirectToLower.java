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

/// As `redirectTo`, with the path in lower case. A request that is in lower case already is redirected, too: guard it by a predicate.
@Declaration(
    name = "redirectToLower",
    summary = "Redirects the client to a lower-case path",
    answers = true,
    examples = @Example("""
        r: PathRegexp("[A-Z]") -> redirectToLower(308) -> <shunt>;"""))
public record RedirectToLower(
    @Arg("status code, usually 301, 302, 303, 307 or 308") StatusCode code,
    @Arg("URL or a part of one") Optional<UrlText> location)
    implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    return new Respond(Location.answer(x, code, location.orElse(Location.NOWHERE), true));
  }
}
