package dev.sluice.proxy.filter.header;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;
import java.util.List;

/// Sets Access-Control-Allow-Origin: `*` without arguments, else the request's Origin when it is among them (exact comparison).
/// No Vary header, no preflight answer: `cors` does more.
@Declaration(
    name = "corsOrigin",
    summary = "Sets Access-Control-Allow-Origin for all origins or for those named",
    examples = {
      @Example("""
          r: * -> corsOrigin() -> "https://api.example.org";"""),
      @Example("""
          r: * -> corsOrigin("https://www.example.org", "https://m.example.org") -> "https://api.example.org";""")
    })
public record CorsOrigin(@Arg("origins that are allowed; none: all") List<String> origins) implements StatelessFilter {
  private static final String HEADER = "Access-Control-Allow-Origin";

  @Override
  public Verdict response(Exchange x) {
    if (origins.isEmpty()) {
      x.response().headers().set(HEADER, "*");
      return Verdict.CONTINUE;
    }
    String origin = x.request().headers().first("Origin");
    if (origin != null && origins.contains(origin)) {
      x.response().headers().set(HEADER, origin);
    }
    return Verdict.CONTINUE;
  }
}
