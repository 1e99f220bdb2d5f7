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

/// Replaces every match in the response body while it streams. The replacement is literal. The body becomes chunked; packed content must be unpacked
/// first (`decompress` behind it in the route).
@Declaration(
    name = "sed",
    summary = "Replaces matches of a regular expression in the response body",
    examples = @Example("""
        r: * -> sed("f[o]+", "bar") -> "https://api.example.org";"""))
public record Sed(
    @Arg("what to replace") Regex pattern,
    @Arg("literal replacement") String replacement,
    @Arg("most bytes held back for an incomplete match, 2 MiB when left out or not positive") Optional<Integer> maxBuffer,
    @Arg("what to do when that is not enough") Optional<Handling> handling)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    return SedFilter.ofResponse(Edit.of(pattern, replacement, null, maxBuffer, handling));
  }
}
