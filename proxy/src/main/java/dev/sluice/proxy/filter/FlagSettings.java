package dev.sluice.proxy.filter;

import dev.sluice.proxy.flag.Flag;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Services.Setting;

/// Reads the gateway's flags through [Services].
public final class FlagSettings {
  private FlagSettings() {}

  /// The value of a flag, or its default where nothing is said.
  @SuppressWarnings("unchecked") // a flag's default has the type of its value
  public static <T> T read(Services services, Flag<T> flag) {
    return services.setting(new Setting<>(flag.name(), (Class<T>) flag.defaultValue().getClass(), flag.defaultValue()));
  }
}
