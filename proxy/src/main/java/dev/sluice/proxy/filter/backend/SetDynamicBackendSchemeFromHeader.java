package dev.sluice.proxy.filter.backend;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Takes the scheme of a `<dynamic>` backend from a request header; without it nothing happens.
@Declaration(
    name = "setDynamicBackendSchemeFromHeader",
    summary = "Takes the scheme of a dynamic backend from a request header",
    examples = @Example("""
        r: * -> setDynamicBackendSchemeFromHeader("X-Scheme") -> <dynamic>;"""))
public record SetDynamicBackendSchemeFromHeader(@Arg("name of the header") HeaderName header) implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    String value = x.request().headers().first(header.name());
    if (value != null && !value.isEmpty()) {
      DynamicTarget.scheme(x, value);
    }
    return Verdict.CONTINUE;
  }
}
