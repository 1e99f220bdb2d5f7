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

/// Delays the request by a random time: a bucket is chosen by its weight, then a time in it.
@Declaration(
    name = "histogramRequestLatency",
    summary = "Delays the request by a random time out of a histogram",
    examples = @Example("""
        r: * -> histogramRequestLatency("0ms", 90, "10ms", 10, "100ms") -> "https://api.example.org";"""))
public record HistogramRequestLatency(
    @Arg(value = "boundary, weight, boundary and so on, ending with a boundary", atLeast = 3) List<LiteralNode> buckets)
    implements FilterSpec {

  public HistogramRequestLatency {
    Histogram.of(buckets);
  }

  @Override
  public Filter create(Services services, Site site) {
    Histogram histogram = Histogram.of(buckets);
    return RandomLatency.filter(histogram::nanos, true);
  }
}
