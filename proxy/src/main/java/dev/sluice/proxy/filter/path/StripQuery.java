package dev.sluice.proxy.filter.path;

import dev.sluice.grammar.LiteralNode;
import dev.sluice.routes.args.HeaderName;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;
import java.util.List;
import java.util.Optional;

/// Removes the query. With `"true"` (any case) as its only argument each parameter becomes a request header `X-Query-Param-NAME`: of the name only ASCII letters,
/// digits and hyphens stay, other characters beyond ASCII by their code (`ä`: `u00e4`).
@Declaration(
    name = "stripQuery",
    summary = "Removes the query, keeping its parameters as headers if wanted",
    examples = @Example("""
        r: * -> stripQuery("true") -> "https://api.example.org";"""))
public record StripQuery(
    @Arg("\"true\" keeps the parameters as headers") Optional<String> preserveAsHeader,
    @Arg("with any further argument nothing is kept") List<LiteralNode> rest)
    implements StatelessFilter {
  private static final String PREFIX = "X-Query-Param-";

  @Override
  public Verdict request(Exchange x) {
    String query = x.request().query();
    if (rest.isEmpty() && preserveAsHeader.isPresent() && preserveAsHeader.get().equalsIgnoreCase("true")) {
      Parameters.of(query).forEach((name, values) -> {
        String header = HeaderName.canonical(PREFIX + clean(name));
        values.forEach(value -> x.request().headers().add(header, value));
      });
    }
    if (query != null && !query.isEmpty()) {
      x.request().query(null);
    }
    return Verdict.CONTINUE;
  }

  private static String clean(String name) {
    var kept = new StringBuilder(name.length());
    name.codePoints().forEach(c -> {
      if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-') {
        kept.append((char) c);
      } else if (c > 0xffff) {
        kept.append(String.format("U%08x", c));
      } else if (c > 127) {
        kept.append(String.format("u%04x", c));
      }
    });
    return kept.toString();
  }
}
