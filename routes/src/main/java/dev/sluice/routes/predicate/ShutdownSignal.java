package dev.sluice.routes.predicate;

import dev.sluice.routes.spi.Services;

/// Whether the gateway has been told to end. One for each gateway; thread-safe.
public final class ShutdownSignal {
  private volatile boolean given;

  private ShutdownSignal() {}

  public static ShutdownSignal of(Services services) {
    return services.shared(ShutdownSignal.class, "gateway", key -> new ShutdownSignal());
  }

  /// From now on `Shutdown()` matches.
  public void give() {
    given = true;
  }

  public boolean isGiven() {
    return given;
  }
}
