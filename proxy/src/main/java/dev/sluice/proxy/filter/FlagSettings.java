package dev.sluice.proxy.filter;

import dev.sluice.proxy.flag.Flag;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Services.Setting;
import java.util.List;
import java.util.Map;
import java.util.List;
import java.util.Map;

/// Reads the gateway's flags through [Services].
public final class FlagSettings {
  private FlagSettings() {}

  /// The value of a flag, or its default where nothing is said.
  public static <T> T read(Services services, Flag<T> flag) {
    return services.setting(new Setting<>(flag.name(), type(flag), flag.defaultValue()));
  }

  /// The type of a flag's value. Lists and maps have many classes, so their interface stands for them.
  @SuppressWarnings("unchecked") // a flag's default has the type of its value
  private static <T> Class<T> type(Flag<T> flag) {
    return (Class<T>) switch (flag.defaultValue()) {
      case List<?> _ -> List.class;
      case Map<?, ?> _ -> Map.class;
      default -> flag.defaultValue().getClass();
    };
  }
}
