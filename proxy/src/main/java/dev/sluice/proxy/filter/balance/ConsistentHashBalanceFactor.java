package dev.sluice.proxy.filter.balance;

import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.declare.Declaration.Example;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.StatelessFilter;
import dev.sluice.routes.spi.Verdict;

/// Bounds the load of an endpoint under `consistentHash`: beyond factor times the average of requests under way the next one is taken.
@Declaration(
    name = "consistentHashBalanceFactor",
    summary = "Bounds the load of an endpoint under consistentHash",
    examples = @Example("""
        r: * -> consistentHashBalanceFactor(1.25) -> <consistentHash, "http://10.0.0.1:80", "http://10.0.0.2:80">;"""))
public record ConsistentHashBalanceFactor(@Arg(value = "factor, from 1", min = 1) double factor) implements StatelessFilter {

  @Override
  public Verdict request(Exchange x) {
    x.outgoing().balanceFactor(factor);
    return Verdict.CONTINUE;
  }
}
