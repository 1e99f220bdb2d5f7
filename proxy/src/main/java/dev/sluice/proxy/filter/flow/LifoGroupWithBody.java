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

/// As `lifoGroup`, but the place is held until the body was sent; both share the stack of a name.
@Declaration(
    name = "lifoGroupWithBody",
    summary = "As lifoGroup, counting the time until the body was sent",
    examples = @Example("""
        a: Path("/a") -> lifoGroupWithBody("api", 100, 150, "10s") -> "https://api.example.org";
        b: Path("/b") -> lifoGroupWithBody("api") -> "https://api.example.org";"""))
public record LifoGroupWithBody(
    @Arg("name of the group") String group,
    @Arg("requests that may run at once, 100 when left out") Optional<Integer> maxConcurrency,
    @Arg("requests that may wait, 100 when left out; 0: any number") Optional<Integer> maxQueueSize,
    @Arg("longest wait, 10s when left out") Optional<Duration> timeout)
    implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) {
    return StackGroup.filter(services, group, maxConcurrency, maxQueueSize, timeout, true);
  }
}
