package dev.sluice.proxy.filter.content;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;

/// As `wrapContent`, with bytes in hexadecimal.
@Declaration(
    name = "wrapContentHex",
    summary = "Puts bytes around the response body",
    examples = @Example("""
        r: * -> wrapContentHex("68", "0d0a") -> "https://api.example.org";"""))
public record WrapContentHex(@Arg("before the body") HexBytes prefixHex, @Arg("behind the body") HexBytes suffixHex)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    return WrapStep.filter(prefixHex.bytes(), suffixHex.bytes());
  }
}
