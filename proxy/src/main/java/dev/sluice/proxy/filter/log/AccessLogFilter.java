package dev.sluice.proxy.filter.log;

import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.Verdict;

/// Leaves a rule for the access log; the last one counts.
record AccessLogFilter(AccessLogRule rule) implements Filter {
  @Override
  public Verdict request(Exchange x) {
    x.put(AccessLogRule.KEY, rule);
    return Verdict.CONTINUE;
  }
}
