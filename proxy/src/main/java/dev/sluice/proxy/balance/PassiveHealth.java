package dev.sluice.proxy.balance;

import dev.sluice.routes.args.GoDuration;
import dev.sluice.routes.spi.ArgumentProblem;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// When an endpoint counts as failing, and what it gets then: the flag `-passive-health-check`, as in Skipper. An attempt has failed when no answer came;
/// error statuses are answers.
///
/// @param period how long attempts are counted, and how long the result holds; longer than zero
/// @param minRequests with no more attempts in a period an endpoint counts as healthy
/// @param minDropProbability up to this share of failed attempts, too
/// @param maxDropProbability highest chance that a request passes a failing endpoint over; above `minDropProbability`, at most 1
/// @param maxUnhealthyRatio when more than this part of the endpoints would be passed over, none is
public record PassiveHealth(
    Duration period, int minRequests, double minDropProbability, double maxDropProbability, double maxUnhealthyRatio) {
  private static final String MIN_DROP = "min-drop-probability";
  private static final String MAX_DROP = "max-drop-probability";
  private static final String MAX_UNHEALTHY = "max-unhealthy-endpoints-ratio";
  private static final List<String> REQUIRED = List.of("period", "min-requests", MAX_DROP);

  /// Reads the flag's value.
  ///
  /// @return null for an empty one: no check
  /// @throws IllegalArgumentException when it is wrong; the message is for the user
  public static @Nullable PassiveHealth of(Map<String, String> flag) {
    if (flag.isEmpty()) {
      return null;
    }
    for (String key : flag.keySet()) {
      if (!REQUIRED.contains(key) && !key.equals(MIN_DROP) && !key.equals(MAX_UNHEALTHY)) {
        throw new IllegalArgumentException("unknown key \"" + key + "\"");
      }
    }
    for (String key : REQUIRED) {
      if (!flag.containsKey(key)) {
        throw new IllegalArgumentException("there is no \"" + key + "\"");
      }
    }
    double min = ratio(MIN_DROP, flag.getOrDefault(MIN_DROP, "0"));
    double max = ratio(MAX_DROP, flag.getOrDefault(MAX_DROP, ""));
    if (min >= max) {
      throw new IllegalArgumentException("min-drop-probability must be below max-drop-probability");
    }
    return new PassiveHealth(period(flag.getOrDefault("period", "")), count(flag.getOrDefault("min-requests", "")), min, max,
        ratio(MAX_UNHEALTHY, flag.getOrDefault(MAX_UNHEALTHY, "1")));
  }

  private static Duration period(String text) {
    try {
      Duration period = GoDuration.parse(text);
      if (period.isZero() || period.isNegative()) {
        throw new IllegalArgumentException("period must be longer than zero, not \"" + text + "\"");
      }
      return period;
    } catch (ArgumentProblem problem) {
      throw new IllegalArgumentException("period " + problem.getMessage(), problem);
    }
  }

  private static int count(String text) {
    if (!text.matches("[0-9]{1,9}")) {
      throw new IllegalArgumentException("min-requests must be a whole number from 0 on, not \"" + text + "\"");
    }
    return Integer.parseInt(text);
  }

  private static double ratio(String key, String text) {
    boolean number = text.matches("[0-9]{0,9}[.]?[0-9]{1,17}|[0-9]{1,9}[.]");
    if (!number || Double.parseDouble(text) > 1) {
      throw new IllegalArgumentException(key + " must be a number from 0 to 1, not \"" + text + "\"");
    }
    return Double.parseDouble(text);
  }
}
