package dev.sluice.proxy.breaker;

import dev.sluice.routes.args.GoDuration;
import dev.sluice.routes.spi.ArgumentProblem;
import java.util.Map;

/// Settings of a breaker; 0 means "not said" until they are completed.
///
/// @param host empty: any
/// @param failures that open it, from 1
/// @param window for RATE: number of calls looked at
/// @param timeoutNanos how long it stays open
/// @param halfOpenRequests trials in the half-open state
/// @param idleNanos unused for so long, it is forgotten
public record BreakerSettings(
    Type type, String host, int failures, int window, long timeoutNanos, int halfOpenRequests, long idleNanos) {
  /// How failures are counted.
  public enum Type {
    NONE,
    CONSECUTIVE,
    RATE,
    DISABLED
  }

  static final BreakerSettings NOTHING = new BreakerSettings(Type.NONE, "", 0, 0, 0, 0, 0);
  static final BreakerSettings DISABLED = new BreakerSettings(Type.DISABLED, "", 0, 0, 0, 0, 0);

  /// From one use of the flag `-breaker`.
  ///
  /// @throws IllegalArgumentException with a message for the user
  public static BreakerSettings parse(Map<String, String> flag) {
    Type type = switch (flag.getOrDefault("type", "consecutive")) {
      case "consecutive" -> Type.CONSECUTIVE;
      case "rate" -> Type.RATE;
      case "disabled" -> Type.DISABLED;
      default -> throw new IllegalArgumentException(
          "-breaker: type must be consecutive, rate or disabled, not \"" + flag.get("type") + "\"");
    };
    return new BreakerSettings(
        type,
        flag.getOrDefault("host", ""),
        number(flag, "failures"),
        number(flag, "window"),
        duration(flag, "timeout"),
        number(flag, "half-open-requests"),
        duration(flag, "idle-ttl"));
  }

  BreakerSettings withHost(String name) {
    return new BreakerSettings(type, name, failures, window, timeoutNanos, halfOpenRequests, idleNanos);
  }

  /// What is not said here, taken from `other`.
  BreakerSettings or(BreakerSettings other) {
    boolean typed = type != Type.NONE;
    boolean sameType = !typed || type == other.type;
    return new BreakerSettings(
        typed ? type : other.type,
        host,
        failures > 0 || !sameType ? failures : other.failures,
        window > 0 || !sameType ? window : other.window,
        timeoutNanos > 0 ? timeoutNanos : other.timeoutNanos,
        halfOpenRequests > 0 ? halfOpenRequests : other.halfOpenRequests,
        idleNanos > 0 ? idleNanos : other.idleNanos);
  }

  private static int number(Map<String, String> flag, String key) {
    String text = flag.get(key);
    try {
      return text == null ? 0 : Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("-breaker: " + key + " must be a whole number, not \"" + text + "\"", e);
    }
  }

  private static long duration(Map<String, String> flag, String key) {
    String text = flag.get(key);
    try {
      return text == null ? 0 : GoDuration.parse(text).toNanos();
    } catch (ArgumentProblem e) {
      throw new IllegalArgumentException("-breaker: " + key + " " + e.getMessage(), e);
    }
  }
}
