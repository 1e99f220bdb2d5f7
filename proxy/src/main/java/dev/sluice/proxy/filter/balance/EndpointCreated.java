package dev.sluice.proxy.filter.balance;

import dev.sluice.routes.args.UrlText;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.predicate.TimePoint;
import dev.sluice.routes.spi.ArgumentProblem;
import dev.sluice.routes.spi.StatelessFilter;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// Says when an endpoint was created: for `fadeIn` an endpoint is new from then on, when the gateway had seen another one at this address before. A time to
/// come means nothing, since clocks differ. Only the address's scheme, host and port count.
@Declaration(
    name = "endpointCreated",
    summary = "Says when an endpoint was created, for fadeIn",
    examples = @Example("""
        r: * -> fadeIn("3m") -> endpointCreated("http://10.0.0.1:8080", "2026-01-01T00:00:00Z") -> <roundRobin, "http://10.0.0.1:8080">;"""))
public record EndpointCreated(
    @Arg("address of the endpoint") UrlText endpoint,
    @Arg("when it was created") TimePoint time)
    implements StatelessFilter {
  public EndpointCreated {
    if (endpoint.scheme().isEmpty() || endpoint.host().isEmpty()) {
      throw new ArgumentProblem(0, "must be a URL with scheme and host such as \"http://10.0.0.1:8080\", not \"" + endpoint + "\"");
    }
    time.at(Optional.empty(), 1);
  }

  /// When it was.
  public Instant created() {
    return time.at(Optional.empty(), 1);
  }

  /// Whether this is the endpoint.
  public boolean names(Endpoint other) {
    return endpoint.scheme().equals(other.scheme())
        && endpoint.host().toLowerCase(Locale.ROOT).equals(other.host())
        && port().equals(Integer.toString(other.port()));
  }

  private String port() {
    String authority = endpoint.authority();
    int colon = authority.lastIndexOf(':');
    boolean written = colon > authority.lastIndexOf(']') && colon + 1 < authority.length();
    return written ? authority.substring(colon + 1) : endpoint.scheme().equals("https") ? "443" : "80";
  }
}
