package dev.sluice.proxy.filter.backend;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Sets the scheme of a `<dynamic>` backend; without it that of the client's connection counts.
@Declaration(
    name = "setDynamicBackendScheme",
    summary = "Sets the scheme of a dynamic backend",
    examples = @Example("""
        r: * -> setDynamicBackendHost("10.0.0.1:8080") -> setDynamicBackendScheme("http") -> <dynamic>;"""))
public record SetDynamicBackendScheme(@Arg("http or https") String scheme) implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    DynamicTarget.scheme(x, scheme);
    return Verdict.CONTINUE;
  }
}
