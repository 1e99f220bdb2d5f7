package dev.sluice.proxy.filter.header;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Puts the peer's address in front of X-Forwarded-For, joining all its lines, and sets X-Forwarded-Host to the client's Host.
@Declaration(
    name = "xforwardFirst",
    summary = "Puts the peer's address in front of X-Forwarded-For and sets X-Forwarded-Host",
    ignoresArguments = true,
    examples = @Example("""
        r: * -> xforwardFirst() -> "https://api.example.org";"""))
public record XforwardFirst() implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    ForwardedHeaders.set(x, true);
    return Verdict.CONTINUE;
  }
}
