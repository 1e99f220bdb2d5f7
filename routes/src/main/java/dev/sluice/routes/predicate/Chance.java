package dev.sluice.routes.predicate;

import dev.sluice.routes.spi.Services;
import java.util.concurrent.ThreadLocalRandom;

/// Where the predicates that leave something to chance take their numbers from.
interface Chance {
  /// From 0, inclusive, to 1, exclusive.
  double next();

  static Chance of(Services services) {
    return services.shared(Chance.class, "predicates", key -> () -> ThreadLocalRandom.current().nextDouble());
  }
}
