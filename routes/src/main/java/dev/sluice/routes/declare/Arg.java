package dev.sluice.routes.declare;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Declares an argument on a record component. Its type decides what is accepted (see `ArgType`); `Optional<T>` may be left out;
/// `List<T>` as the last component takes all remaining arguments.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Arg {
  /// What it is, for the reference pages; no full stop.
  String value();

  /// For durations: what a bare number means.
  BareNumber bareNumber() default BareNumber.REFUSED;

  /// For numbers: the lowest value accepted.
  double min() default Double.NEGATIVE_INFINITY;

  /// For numbers: the highest value accepted.
  double max() default Double.POSITIVE_INFINITY;

  /// For `int` and `long`: refuses a fraction; otherwise it is cut off, as the language's original does.
  boolean whole() default false;

  /// For `Optional<T>` before other parameters: an argument of another type belongs to the next parameter, as the level of `compress`.
  boolean skippable() default false;

  /// For `List<T>`: the fewest elements.
  int atLeast() default 0;

  /// Meaning of a number where a duration is expected.
  enum BareNumber {
    REFUSED,
    MILLISECONDS,
    SECONDS,
    NANOSECONDS
  }
}
