package dev.sluice.routes.args;

import dev.sluice.routes.declare.ArgType;
import dev.sluice.routes.spi.ArgumentProblem;

/// A share, written as a number from 0 to 1.
public record Percent(double share) {
  public static final ArgType<Percent> ARGUMENT = ArgType.ofNumber("a number from 0 to 1", Percent::new);

  /// @throws ArgumentProblem when it is outside 0 to 1
  public Percent {
    if (!(share >= 0 && share <= 1)) {
      throw new ArgumentProblem("must be from 0 to 1, not " + share);
    }
  }
}
