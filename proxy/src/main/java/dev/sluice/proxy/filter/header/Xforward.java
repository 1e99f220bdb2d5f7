package dev.sluice.proxy.filter.header;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Appends the peer's address to X-Forwarded-For, joining all its lines, and sets X-Forwarded-Host to the client's Host.
@Declaration(
    name = "xforward",
    summary = "Appends the peer's address to X-Forwarded-For and sets X-Forwarded-Host",
    ignoresArguments = true,
    examples = @Example("""
        r: * -> xforward() -> "https://api.example.org";"""))
public record Xforward() implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    ForwardedHeaders.set(x, false);
    return Verdict.CONTINUE;
  }
}
