package dev.sluice.proxy.filter.body;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Headers;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;
import java.util.ArrayList;
import java.util.List;

/// Unpacks the response body and drops Content-Encoding and Vary. Stacked encodings are undone from the last to the first. With a name that is
/// not known the response stays as it is. Stands behind filters in the route that want to see plain content.
@Declaration(
    name = "decompress",
    summary = "Unpacks the response body",
    ignoresArguments = true,
    examples = @Example("""
        r: * -> sed("foo", "bar") -> decompress() -> "https://api.example.org";"""))
public record Decompress() implements StatelessFilter {

  @Override
  public Verdict response(Exchange x) {
    Headers headers = x.response().headers();
    String line = headers.first("Content-Encoding");
    if (line == null || line.isEmpty()) {
      return Verdict.CONTINUE;
    }
    List<Encoding> stacked = new ArrayList<>();
    for (String name : line.split(",")) {
      Encoding encoding = Encoding.of(name.strip());
      if (encoding == null) {
        return Verdict.CONTINUE;
      }
      stacked.add(encoding);
    }
    headers.remove("Content-Encoding");
    headers.remove("Vary");
    for (Encoding encoding : stacked.reversed()) {
      x.responseBody(encoding.unpacking());
    }
    return Verdict.CONTINUE;
  }
}
