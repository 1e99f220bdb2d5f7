package dev.sluice.proxy.filter.header;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Chooses for a route whether the backend sees the client's Host or its own. A Host that a filter set stays in either case.
@Declaration(
    name = "preserveHost",
    summary = "Chooses whether the backend sees the client's Host",
    examples = @Example("""
        r: * -> preserveHost("true") -> "https://api.example.org";"""))
public record PreserveHost(@Arg("whether the client's Host is sent") boolean preserve) implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    x.outgoing().preserveHost(preserve);
    return Verdict.CONTINUE;
  }
}
