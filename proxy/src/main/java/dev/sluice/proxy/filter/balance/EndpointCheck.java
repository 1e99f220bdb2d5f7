package dev.sluice.proxy.filter.balance;

import dev.sluice.proxy.balance.HealthCheck;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.StatelessFilter;
import java.util.List;

/// Asks the endpoints of a balanced backend again and again whether they are well, and leaves out those that are not; when none is, all are tried. Does
/// nothing for other backends. Carried out where the backend is made, not at each request; routes with equal checks share them.
///
/// AILERON has fields for such checks (`enableActive`, `initialDelay`, `healthCheckInterval`, `healthCheckAddr`) and does not use them.
@Declaration(
    name = "endpointCheck",
    summary = "Asks endpoints whether they are well and leaves out those that are not",
    lastOneCounts = true,
    examples = @Example("""
        r: * -> endpointCheck("/health", "interval=5s", "timeout=1s", "status=200-299") -> <"http://10.0.0.1:8080", "http://10.0.0.2:8080">;"""))
public record EndpointCheck(
    @Arg("path that is asked for") String path,
    @Arg("`interval=10s`, `timeout=2s`, `delay=0`, `unhealthy=3` and `healthy=2` (so many in a row), `status=200-399`, `host=` (Host line), "
        + "`address=` (`:port` or `host:port` that is asked instead), `method=GET` or `HEAD`; these values when left out")
        List<String> options)
    implements StatelessFilter {
  public EndpointCheck {
    HealthCheck.of(path, options);
  }

  public HealthCheck check() {
    return HealthCheck.of(path, options);
  }
}
