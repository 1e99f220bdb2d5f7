package dev.sluice.proxy.balance;

import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.Exchange;
import java.util.List;
import java.util.random.RandomGenerator;

/// Each endpoint in turn; under the passive health check, one that fails has its turn less often. Weights other than 0 mean nothing.
@Declaration(
    name = "weightedRoundRobin",
    summary = "Takes the endpoints in turn, failing ones less often",
    examples = @Declaration.Example("""
        r: * -> <weightedRoundRobin, "http://10.0.0.1:80", "http://10.0.0.2:80">;"""))
public record WeightedRoundRobin() implements Algorithm {
  @Override
  public LoadBalancer create(List<Endpoint> endpoints, RandomGenerator random) {
    FairTurns turns = new FairTurns(endpoints.size(), random);
    return (Exchange x, LoadBalancer.Candidates left) -> turns.pick(left, false);
  }
}
