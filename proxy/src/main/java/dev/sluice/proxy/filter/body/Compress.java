package dev.sluice.proxy.filter.body;

import dev.sluice.proxy.filter.FlagSettings;
import dev.sluice.proxy.flag.RequestFlags;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Packs the response body when the client accepts it and the content type is listed. Not when it is packed already, when Cache-Control says
/// `no-transform`, and not parts of content (206).
@Declaration(
    name = "compress",
    summary = "Packs the response body for clients that accept it",
    examples = {
      @Example("""
          r: * -> compress() -> "https://api.example.org";"""),
      @Example("""
          r: * -> compress(9, "...", "application/xml") -> "https://api.example.org";""")
    })
public record Compress(
    @Arg(value = "level from -2 to 11, 1 when left out: the fastest", min = -2, max = 11, whole = true, skippable = true) Optional<Integer> level,
    @Arg("content types instead of the usual ones; \"...\" first: beside them") List<String> types)
    implements FilterSpec {
  private static final List<String> USUAL = List.of(
      "text/plain", "text/html", "application/json", "application/javascript", "application/x-javascript", "text/javascript",
      "text/css", "image/svg+xml", "application/octet-stream");

  @Override
  public Filter create(Services services, Site site) {
    var packed = new HashSet<>(types);
    if (types.isEmpty() || types.getFirst().equals("...")) {
      packed.addAll(USUAL);
    }
    List<String> configured = FlagSettings.read(services, RequestFlags.COMPRESS_ENCODINGS);
    List<Encoding> offered = configured.isEmpty()
        ? List.of(Encoding.values())
        : configured.stream().map(Encoding::of).filter(Objects::nonNull).toList();
    return new Compressing(packed, offered, level.orElse(1), FlagSettings.read(services, RequestFlags.COMPRESS_MIN_LENGTH));
  }
}
