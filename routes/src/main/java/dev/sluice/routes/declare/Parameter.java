package dev.sluice.routes.declare;

import dev.sluice.routes.spi.ArgumentProblem;
import java.math.BigDecimal;

/// A declared parameter.
///
/// @param summary what it is, no full stop
/// @param optional may be left out
/// @param variadic takes all remaining arguments
/// @param atLeast for a variadic one: the fewest arguments
/// @param bareNumber for durations: what a number without unit means
/// @param min for numbers: the lowest value
/// @param max for numbers: the highest value
/// @param whole for whole numbers: refuses a fraction
/// @param skippable an argument of another type belongs to the next parameter
public record Parameter(
    String name,
    String summary,
    ArgType<?> type,
    boolean optional,
    boolean variadic,
    int atLeast,
    Arg.BareNumber bareNumber,
    double min,
    double max,
    boolean whole,
    boolean skippable) {

  static Parameter of(String name, Arg arg, ArgType<?> type, boolean optional, boolean variadic) {
    return new Parameter(
        name, arg.value(), type, optional, variadic, arg.atLeast(), arg.bareNumber(), arg.min(), arg.max(), arg.whole(),
        arg.skippable());
  }

  /// @throws ArgumentProblem when the number is outside `min` to `max`
  public void requireInRange(double value) {
    if (value >= min && value <= max) {
      return;
    }
    String range = Double.isInfinite(max)
        ? "at least " + text(min)
        : Double.isInfinite(min) ? "at most " + text(max) : "from " + text(min) + " to " + text(max);
    throw new ArgumentProblem("must be " + range + ", not " + text(value));
  }

  /// As it stands in a signature: `name`, `name?`, `name…`.
  public String signature() {
    return variadic ? name + "…" : optional ? name + "?" : name;
  }

  /// A number as the language writes it.
  static String text(double value) {
    return Double.isFinite(value) ? new BigDecimal(value).stripTrailingZeros().toPlainString() : Double.toString(value);
  }
}
