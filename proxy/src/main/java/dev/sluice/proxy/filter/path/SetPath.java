package dev.sluice.proxy.filter.path;

import dev.sluice.routes.args.Template;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Replaces the path. The argument is a decoded path: `?` and `%` in it are escaped when it is sent. Missing placeholders become empty.
@Declaration(
    name = "setPath",
    summary = "Replaces the request path",
    examples = @Example("""
        r: Path("/user/:id") -> setPath("/v2/users/${id}") -> "https://api.example.org";"""))
public record SetPath(@Arg("new path, not escaped; may hold placeholders") Template path) implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    RequestPath.set(x.request(), path.renderOrEmpty(x));
    return Verdict.CONTINUE;
  }
}
