package dev.sluice.proxy.filter.flow;

import dev.sluice.routes.spi.CallGate;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.Verdict;

/// Puts a gate before the backend; the last one of a route counts.
record GateFilter(CallGate gate) implements Filter {
  @Override
  public Verdict request(Exchange x) {
    x.outgoing().gate(gate);
    return Verdict.CONTINUE;
  }
}
