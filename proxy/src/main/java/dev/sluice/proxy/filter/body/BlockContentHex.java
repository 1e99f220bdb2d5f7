package dev.sluice.proxy.filter.body;

import dev.sluice.proxy.filter.content.HexBytes;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import java.util.List;

/// As `blockContent`, with bytes in hexadecimal.
@Declaration(
    name = "blockContentHex",
    summary = "Refuses requests whose body holds one of the byte sequences",
    examples = @Example("""
        r: * -> blockContentHex("deadbeef") -> "https://api.example.org";"""))
public record BlockContentHex(@Arg(value = "byte sequences", atLeast = 1) List<HexBytes> hex) implements FilterSpec {

  public BlockContentHex {
    for (int i = 0; i < hex.size(); i++) {
      if (hex.get(i).digits().isEmpty()) {
        throw new ArgumentProblem(i, "hex must not be empty");
      }
    }
  }

  @Override
  public Filter create(Services services, Site site) {
    return BlockStep.filter(hex.stream().map(HexBytes::bytes).toList());
  }
}
