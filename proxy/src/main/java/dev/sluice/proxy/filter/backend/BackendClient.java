package dev.sluice.proxy.filter.backend;

import dev.sluice.proxy.filter.FlagSettings;
import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.RouteProblem;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import dev.sluice.routes.spi.Verdict;

/// Calls the backend with the settings of this name in `-backend-clients`: another protocol, certificates, a forward proxy, a Unix socket, limits.
@Declaration(
    name = "backendClient",
    summary = "Calls the backend with the named settings of -backend-clients",
    examples = @Example("""
        r: * -> backendClient("grpc") -> "https://10.0.0.1:8443";"""))
public record BackendClient(@Arg("name in -backend-clients") String name) implements FilterSpec {

  @Override
  public Filter create(Services services, Site site) throws RouteProblem {
    if (!FlagSettings.read(services, BackendFlags.BACKEND_CLIENTS).containsKey(name)) {
      throw new RouteProblem("unknown backend client \"" + name + "\": -backend-clients has no such name");
    }
    return new Named(name);
  }

  private record Named(String name) implements Filter {
    @Override
    public Verdict request(Exchange x) {
      x.outgoing().backendClient(name);
      return Verdict.CONTINUE;
    }
  }
}
