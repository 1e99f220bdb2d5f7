package dev.sluice.routes.predicate;

import dev.sluice.routes.spi.ArgumentProblem;
import java.util.ArrayList;
import java.util.List;

/// Reads arguments that come in pairs, claim and value.
final class ClaimPairs {
  private ClaimPairs() {}

  /// @throws ArgumentProblem for an odd number of arguments
  static void check(List<String> arguments) {
    if (arguments.size() % 2 != 0) {
      throw new ArgumentProblem("claims and values come in pairs, but there are " + arguments.size() + " arguments");
    }
  }

  static List<String> keys(List<String> arguments) {
    return every(arguments, 0);
  }

  static List<String> values(List<String> arguments) {
    return every(arguments, 1);
  }

  private static List<String> every(List<String> arguments, int from) {
    var found = new ArrayList<String>(arguments.size() / 2);
    for (int i = from; i < arguments.size(); i += 2) {
      found.add(arguments.get(i));
    }
    return found;
  }
}
