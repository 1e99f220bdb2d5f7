package dev.sluice.routes.args;

import dev.sluice.routes.spi.ArgumentProblem;
import java.math.BigDecimal;
import java.time.Duration;

/// Duration strings as Go's `time.ParseDuration` reads them: `1m30s`, `1.5h`, `-100ms`, `1µs`, `0`.
public final class GoDuration {
  private static final BigDecimal LIMIT = BigDecimal.valueOf(Long.MAX_VALUE);

  private GoDuration() {}

  /// @throws ArgumentProblem when the text is no duration, or is longer than 292 years
  public static Duration parse(String text) {
    int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
    if (text.length() == at + 1 && text.charAt(at) == '0') {
      return Duration.ZERO;
    }
    if (text.length() == at) {
      throw problem(text);
    }
    BigDecimal nanos = BigDecimal.ZERO;
    while (at < text.length()) {
      int number = at;
      while (at < text.length() && isNumberPart(text.charAt(at))) {
        at++;
      }
      int unit = at;
      while (at < text.length() && !isNumberPart(text.charAt(at))) {
        at++;
      }
      nanos = nanos.add(number(text, number, unit).multiply(BigDecimal.valueOf(nanosOf(text, unit, at))));
    }
    if (nanos.compareTo(LIMIT) > 0) {
      throw new ArgumentProblem("is too long: \"" + text + "\"");
    }
    long value = nanos.longValue();
    return Duration.ofNanos(text.charAt(0) == '-' ? -value : value);
  }

  private static boolean isNumberPart(char c) {
    return c >= '0' && c <= '9' || c == '.';
  }

  private static BigDecimal number(String text, int from, int to) {
    String digits = text.substring(from, to);
    if (digits.isEmpty() || digits.length() > 40 || digits.equals(".") || digits.indexOf('.') != digits.lastIndexOf('.')) {
      throw problem(text);
    }
    return new BigDecimal(digits);
  }

  private static long nanosOf(String text, int from, int to) {
    return switch (text.substring(from, to)) {
      case "ns" -> 1L;
      case "us", "\u00b5s", "\u03bcs" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> throw problem(text);
    };
  }

  private static ArgumentProblem problem(String text) {
    return new ArgumentProblem("must be a duration such as \"1m30s\" (units ns, us, ms, s, m, h), not \"" + text + "\"");
  }
}
