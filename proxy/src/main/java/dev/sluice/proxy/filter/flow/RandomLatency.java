package dev.sluice.proxy.filter.flow;

import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.After;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;

/// Delays of random length; less than nothing is nothing.
final class RandomLatency {
  private RandomLatency() {}

  static Filter uniform(Duration mean, Duration delta, boolean ofRequest) {
    return filter(() -> mean.toNanos() + delta.toNanos() * (2 * ThreadLocalRandom.current().nextDouble() - 1), ofRequest);
  }

  static Filter normal(Duration mean, Duration delta, boolean ofRequest) {
    return filter(() -> mean.toNanos() + delta.toNanos() * ThreadLocalRandom.current().nextGaussian(), ofRequest);
  }

  static Filter filter(DoubleSupplier nanos, boolean ofRequest) {
    return new Filter() {
      @Override
      public Verdict request(Exchange x) {
        return ofRequest ? delay(nanos.getAsDouble()) : Verdict.CONTINUE;
      }

      @Override
      public Verdict response(Exchange x) {
        return ofRequest ? Verdict.CONTINUE : delay(nanos.getAsDouble());
      }
    };
  }

  private static Verdict delay(double nanos) {
    return nanos < 1 ? Verdict.CONTINUE : new After((long) nanos, Verdict.CONTINUE);
  }
}
