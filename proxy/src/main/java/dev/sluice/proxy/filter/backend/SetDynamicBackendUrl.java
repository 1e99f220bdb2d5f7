package dev.sluice.proxy.filter.backend;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Sets scheme and host of a `<dynamic>` backend, and the Host that is sent. Path and query of the URL mean nothing.
@Declaration(
    name = "setDynamicBackendUrl",
    summary = "Sets scheme and host of a dynamic backend",
    examples = @Example("""
        r: * -> setDynamicBackendUrl("http://10.0.0.1:8080") -> <dynamic>;"""))
public record SetDynamicBackendUrl(@Arg("URL") String url) implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    DynamicTarget.url(x, url);
    return Verdict.CONTINUE;
  }
}
