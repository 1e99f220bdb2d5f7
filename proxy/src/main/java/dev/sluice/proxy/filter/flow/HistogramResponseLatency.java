package dev.sluice.proxy.filter.flow;

import dev.sluice.grammar.LiteralNode;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import java.util.List;

/// Delays the response by a random time: a bucket is chosen by its weight, then a time in it.
@Declaration(
    name = "histogramResponseLatency",
    summary = "Delays the response by a random time out of a histogram",
    examples = @Example("""
        r: * -> histogramResponseLatency("0ms", 90, "10ms", 10, "100ms") -> "https://api.example.org";"""))
public record HistogramResponseLatency(
    @Arg(value = "boundary, weight, boundary and so on, ending with a boundary", atLeast = 3) List<LiteralNode> buckets)
    implements FilterSpec {

  public HistogramResponseLatency {
    Histogram.of(buckets);
  }

  @Override
  public Filter create(Services services, Site site) {
    Histogram histogram = Histogram.of(buckets);
    return RandomLatency.filter(histogram::nanos, false);
  }
}
