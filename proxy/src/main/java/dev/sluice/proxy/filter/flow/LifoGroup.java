package dev.sluice.proxy.filter.flow;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import java.time.Duration;
import java.util.Optional;

/// A `lifo` that several routes share by a name. One route carries the numbers, the others only the name.
@Declaration(
    name = "lifoGroup",
    summary = "A lifo that several routes share by a name",
    examples = @Example("""
        a: Path("/a") -> lifoGroup("api", 100, 150, "10s") -> "https://api.example.org";
        b: Path("/b") -> lifoGroup("api") -> "https://api.example.org";"""))
public record LifoGroup(
    @Arg("name of the group") String group,
    @Arg("requests that may run at once, 100 when left out") Optional<Integer> maxConcurrency,
    @Arg("requests that may wait, 100 when left out; 0: any number") Optional<Integer> maxQueueSize,
    @Arg("longest wait, 10s when left out") Optional<Duration> timeout)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    return StackGroup.filter(services, group, maxConcurrency, maxQueueSize, timeout, false);
  }
}
