package dev.sluice.routes.args;

import dev.sluice.routes.spi.ArgumentProblem;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Text with places for environment variables, `${env.NAME}` and `${env.NAME:-default}`, which `-expand-env` fills. What is put in is not looked at again.
public final class EnvironmentText {
  private static final Pattern PLACE = Pattern.compile("\\$\\{env\\.([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");

  private EnvironmentText() {}

  /// Whether there may be a place to fill.
  public static boolean has(String text) {
    return text.contains("${env.");
  }

  /// The text with its places filled.
  ///
  /// @throws ArgumentProblem for a variable that is not set and has no default; the message is `environment variable "NAME" is not set`
  public static String expand(String text, Map<String, String> environment) {
    if (!has(text)) {
      return text;
    }
    var expanded = new StringBuilder();
    Matcher place = PLACE.matcher(text);
    while (place.find()) {
      String value = environment.getOrDefault(place.group(1), place.group(2));
      if (value == null) {
        throw new ArgumentProblem("environment variable \"" + place.group(1) + "\" is not set");
      }
      place.appendReplacement(expanded, Matcher.quoteReplacement(value));
    }
    return place.appendTail(expanded).toString();
  }
}
