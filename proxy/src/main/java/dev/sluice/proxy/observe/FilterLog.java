package dev.sluice.proxy.observe;

import dev.sluice.routes.spi.Services;
import org.jspecify.annotations.Nullable;

/// The application log of the gateway that a filter runs in, for what filters have to say.
public final class FilterLog {
  private volatile @Nullable ApplicationLog log;

  private FilterLog() {}

  /// The log of the gateway that offers these services; without a gateway lines go nowhere.
  public static FilterLog of(Services services) {
    return services.shared(FilterLog.class, "application-log", name -> new FilterLog());
  }

  /// Where lines go from now on.
  public void to(ApplicationLog of) {
    log = of;
  }

  /// Does not wait.
  public void info(String message) {
    ApplicationLog to = log;
    if (to != null) {
      to.info(message);
    }
  }
}
