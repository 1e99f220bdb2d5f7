package dev.sluice.proxy.filter.backend;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Sets the host of a `<dynamic>` backend, and the Host that is sent. A URL set by `setDynamicBackendUrl` wins as target.
@Declaration(
    name = "setDynamicBackendHost",
    summary = "Sets the host of a dynamic backend",
    examples = @Example("""
        r: * -> setDynamicBackendHost("10.0.0.1:8080") -> setDynamicBackendScheme("http") -> <dynamic>;"""))
public record SetDynamicBackendHost(@Arg("host, with a port if needed") String host) implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    DynamicTarget.host(x, host);
    return Verdict.CONTINUE;
  }
}
