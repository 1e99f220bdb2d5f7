package dev.sluice.cli.flag;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Replaces `${env.NAME}` and `${env.NAME:-default}` in flag values when `-expand-env` is given. What was put in is not looked at again.
final class FlagExpansion {
  private static final Pattern PLACE = Pattern.compile("\\$\\{env\\.([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

  private final boolean on;
  private final Map<String, String> environment;

  FlagExpansion(boolean on, Map<String, String> environment) {
    this.on = on;
    this.environment = environment;
  }

  /// @throws FlagProblem with exit status 1 for a name that is not set and has no default
  String expand(String text) throws FlagProblem {
    if (!on || !text.contains("${env.")) {
      return text;
    }
    var expanded = new StringBuilder();
    Matcher place = PLACE.matcher(text);
    while (place.find()) {
      String value = environment.get(place.group(1));
      if (value == null) {
        value = place.group(2);
      }
      if (value == null) {
        throw FlagProblem.wrongSetting(
            "environment variable \"" + place.group(1) + "\" is not set, but a flag uses " + place.group(),
            "set it, or write ${env." + place.group(1) + ":-DEFAULT}");
      }
      place.appendReplacement(expanded, Matcher.quoteReplacement(value));
    }
    return place.appendTail(expanded).toString();
  }
}
