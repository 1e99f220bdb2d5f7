package dev.sluice.cli.flag;

import dev.sluice.routes.args.EnvironmentText;
import dev.sluice.routes.spi.ArgumentProblem;
import java.util.Map;

/// Replaces `${env.NAME}` and `${env.NAME:-default}` in flag values when `-expand-env` is given. What was put in is not looked at again.
final class FlagExpansion {
  private final boolean on;
  private final Map<String, String> environment;

  FlagExpansion(boolean on, Map<String, String> environment) {
    this.on = on;
    this.environment = environment;
  }

  /// @throws FlagProblem with exit status 1 for a name that is not set and has no default
  String expand(String text) throws FlagProblem {
    try {
      return on ? EnvironmentText.expand(text, environment) : text;
    } catch (ArgumentProblem problem) {
      throw FlagProblem.wrongSetting(problem.getMessage() + ", but a flag uses it", "set it, or write ${env.NAME:-DEFAULT}");
    }
  }
}
