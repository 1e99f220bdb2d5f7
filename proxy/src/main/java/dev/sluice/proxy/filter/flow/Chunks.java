package dev.sluice.proxy.filter.flow;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Arg.BareNumber;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import java.time.Duration;

/// Sends the response body in pieces with a pause before each.
@Declaration(
    name = "chunks",
    summary = "Sends the response body in pieces with pauses",
    examples = @Example("""
        r: * -> chunks(15, "120ms") -> "https://api.example.org";"""))
public record Chunks(
    @Arg(value = "bytes of a piece", min = 1) long size,
    @Arg(value = "pause before each piece", bareNumber = BareNumber.MILLISECONDS, min = 0) Duration delay)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    return ThrottleStep.filter(size, delay.toNanos(), false);
  }
}
