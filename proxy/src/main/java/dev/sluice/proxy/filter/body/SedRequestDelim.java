package dev.sluice.proxy.filter.body;

import dev.sluice.routes.args.Regex;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import java.util.Optional;

/// As `sedRequest`, but in pieces that end with a delimiter: no match spans two of them.
@Declaration(
    name = "sedRequestDelim",
    summary = "Replaces matches in the request body, in pieces ended by a delimiter",
    examples = @Example("""
        r: * -> sedRequestDelim("x+", "Y", ",") -> "https://api.example.org";"""))
public record SedRequestDelim(
    @Arg("what to replace") Regex pattern,
    @Arg("literal replacement") String replacement,
    @Arg("end of a piece, part of it; empty: none") String delimiter,
    @Arg("most bytes held back for a piece, 2 MiB when left out or not positive") Optional<Integer> maxBuffer,
    @Arg("what to do when that is not enough") Optional<Handling> handling)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    return SedFilter.ofRequest(Edit.of(pattern, replacement, delimiter, maxBuffer, handling));
  }
}
