package dev.sluice.cli.flag;

import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.LimitFlags;
import dev.sluice.routes.args.GoDuration;
import dev.sluice.routes.spi.ArgumentProblem;
import java.util.List;

/// Values behind the keys of `-breaker` and `-ratelimits`: one key means the same kind in both, but for `type`.
final class PairValue {
  private static final List<String> BREAKER_TYPES = List.of("consecutive", "rate", "disabled");
  private static final List<String> LIMIT_TYPES =
      List.of("client", "service", "clusterClient", "clusterService", "local", "disabled");

  private PairValue() {}

  /// @throws IllegalArgumentException when the value is not of the key's kind
  static void check(Flag<?> flag, String key, String value) {
    switch (key) {
      case "type" -> {
        List<String> types = flag.equals(LimitFlags.BREAKER) ? BREAKER_TYPES : LIMIT_TYPES;
        require(types.contains(value), key, "\"" + value + "\" is none of " + String.join(", ", types));
      }
      case "window", "failures", "half-open-requests", "max-hits" ->
          require(value.matches("[0-9]{1,9}"), key, "must be a number from 0 on");
      case "timeout", "idle-ttl", "time-window" -> requireDuration(key, value);
      case "fail-closed" -> FlagValues.onOff(value);
      default -> require(!value.isEmpty(), key, "must not be empty");
    }
  }

  private static void requireDuration(String key, String value) {
    try {
      require(!GoDuration.parse(value).isNegative(), key, "must not be negative");
    } catch (ArgumentProblem e) {
      throw new IllegalArgumentException(key + " " + e.getMessage(), e);
    }
  }

  private static void require(boolean holds, String key, String message) {
    if (!holds) {
      throw new IllegalArgumentException(key + " " + message);
    }
  }
}
