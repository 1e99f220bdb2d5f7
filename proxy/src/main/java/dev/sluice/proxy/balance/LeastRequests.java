package dev.sluice.proxy.balance;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.Exchange;
import java.util.List;
import java.util.random.RandomGenerator;

/// The endpoint with the fewest requests under way, divided by its health under the passive health check; equal ones in turn. Weights other than 0
/// mean nothing.
@Declaration(
    name = "leastRequests",
    summary = "Takes the endpoint with the fewest requests under way",
    examples = @Declaration.Example("""
        r: * -> <leastRequests, "http://10.0.0.1:80", "http://10.0.0.2:80">;"""))
public record LeastRequests() implements Algorithm {
  @Override
  public LoadBalancer create(List<Endpoint> endpoints, RandomGenerator random) {
    FairTurns turns = new FairTurns(endpoints.size(), random);
    return (Exchange x, LoadBalancer.Candidates left) -> turns.pick(left, true);
  }
}
