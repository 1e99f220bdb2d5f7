package dev.sluice.proxy.limit;

import dev.sluice.proxy.filter.FlagSettings;
import dev.sluice.proxy.flag.LimitFlags;
import dev.sluice.routes.spi.RouteProblem;
import dev.sluice.routes.spi.Services;

/// Whether the rate limit filters are allowed: by `-enable-ratelimits` or any `-ratelimits`.
public final class RatelimitSwitch {
  private RatelimitSwitch() {}

  /// @throws RouteProblem when they are not
  public static void require(Services services) throws RouteProblem {
    boolean on = FlagSettings.read(services, LimitFlags.ENABLE_RATELIMITS)
        || !FlagSettings.read(services, LimitFlags.RATELIMITS).isEmpty();
    if (!on) {
      throw new RouteProblem("rate limit filters are off; start the gateway with -enable-ratelimits");
    }
  }
}
