package dev.sluice.proxy.filter.backend;

import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Takes the host of a `<dynamic>` backend from a request header; without it nothing happens. Use it only where clients may choose the backend.
@Declaration(
    name = "setDynamicBackendHostFromHeader",
    summary = "Takes the host of a dynamic backend from a request header",
    examples = @Example("""
        r: * -> setDynamicBackendHostFromHeader("X-Backend") -> <dynamic>;"""))
public record SetDynamicBackendHostFromHeader(@Arg("name of the header") HeaderName header) implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    String value = x.request().headers().first(header.name());
    if (value != null && !value.isEmpty()) {
      DynamicTarget.host(x, value);
    }
    return Verdict.CONTINUE;
  }
}
