package dev.sluice.proxy.filter.body;

import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.Verdict;

/// The running form of the sed filters.
final class SedFilter {
  private SedFilter() {}

  static Filter ofRequest(Edit edit) {
    return new Filter() {
      @Override
      public Verdict request(Exchange x) {
        if (x.request().contentLength() != 0) {
          x.requestBody(() -> new SedStep(edit));
        }
        return Verdict.CONTINUE;
      }
    };
  }

  static Filter ofResponse(Edit edit) {
    return new Filter() {
      @Override
      public Verdict response(Exchange x) {
        x.responseBody(new SedStep(edit));
        return Verdict.CONTINUE;
      }
    };
  }
}
