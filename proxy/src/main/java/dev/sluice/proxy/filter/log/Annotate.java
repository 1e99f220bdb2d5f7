package dev.sluice.proxy.filter.log;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;
import java.util.Map;

/// Leaves a note that later filters may look at; the last note of a key counts.
@Declaration(
    name = "annotate",
    summary = "Leaves a note for later filters",
    examples = @Example("""
        r: * -> annotate("oauth.disabled", "public endpoint") -> "https://api.example.org";"""))
public record Annotate(@Arg("key of the note") String key, @Arg("the note") String value) implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    Annotations before = x.get(Annotations.KEY);
    x.put(Annotations.KEY, (before == null ? new Annotations(Map.of()) : before).with(key, value));
    return Verdict.CONTINUE;
  }
}
