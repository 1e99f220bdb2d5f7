package dev.sluice.proxy.filter.backend;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// The backend is a forward proxy: it is asked for a whole URL, made of the scheme that the client used and the Host that is sent, so `preserveHost` or
/// `-proxy-preserve-host` belongs to it.
@Declaration(
    name = "backendIsProxy",
    summary = "Treats the backend as a forward proxy",
    ignoresArguments = true,
    examples = @Example("""
        r: * -> preserveHost("true") -> backendIsProxy() -> "http://10.0.0.1:3128";"""))
public record BackendIsProxy() implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    x.outgoing().backendIsProxy();
    return Verdict.CONTINUE;
  }
}
