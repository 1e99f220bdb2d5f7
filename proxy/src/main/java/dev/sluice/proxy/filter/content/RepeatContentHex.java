package dev.sluice.proxy.filter.content;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;

/// As `repeatContent`, with bytes in hexadecimal.
@Declaration(
    name = "repeatContentHex",
    summary = "Answers with bytes repeated to a length",
    answers = true,
    examples = @Example("""
        r: * -> repeatContentHex("00ff", 1000) -> <shunt>;"""))
public record RepeatContentHex(
    @Arg("what is repeated") HexBytes hex,
    @Arg(value = "length of the body in bytes", min = 0) long length)
    implements FilterSpec {

  public RepeatContentHex {
    if (hex.digits().isEmpty()) {
      throw new ArgumentProblem(0, "hex must not be empty");
    }
  }

  @Override
  public Filter create(Services services, Site site) {
    return new RepeatedBytes(hex.bytes(), length);
  }
}
