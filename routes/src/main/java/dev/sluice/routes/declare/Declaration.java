package dev.sluice.routes.declare;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Declares a filter, a predicate or a balancing algorithm on its record.
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Declaration {
  /// The name in route files.
  String name();

  /// Further names that mean the same and are not deprecated.
  String[] aliases() default {};

  /// Older names: accepted, and `check` names the current one.
  String[] deprecatedNames() default {};

  /// One line for lists and completion: what it does, no full stop.
  String summary();

  /// At least one.
  Example[] examples() default {};

  /// True when arguments of any kind and number are accepted and ignored, as some of the original's filters do.
  boolean ignoresArguments() default false;

  /// True when of several calls of this name in one route only the last one is kept.
  boolean lastOneCounts() default false;

  /// For balancing algorithms whose memory grows with the weights of the endpoints: the most that these may be in all.
  int mostWeight() default Integer.MAX_VALUE;

  /// True when the filter answers every request itself: filters behind it never run.
  boolean answers() default false;

  /// One example: a complete route text.
  @Retention(RetentionPolicy.RUNTIME)
  @Target({})
  @interface Example {
    /// A document in the route language.
    String value();

    /// A request to try, such as `GET /a`; empty when the example is only checked.
    String request() default "";

    /// The start of what comes back, such as `200` or `404`; empty when only checked.
    String answer() default "";
  }
}
