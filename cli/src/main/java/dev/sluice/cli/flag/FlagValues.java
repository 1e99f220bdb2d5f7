package dev.sluice.cli.flag;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import dev.sluice.proxy.flag.Flag;
import dev.sluice.routes.args.GoDuration;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Texts to values, kind by kind.
final class FlagValues {
  private static final Set<String> TRUE = Set.of("1", "t", "T", "TRUE", "true", "True");
  private static final Set<String> FALSE = Set.of("0", "f", "F", "FALSE", "false", "False");

  private FlagValues() {}

  /// One use of a flag. For a repeatable one the value is a list of one element.
  ///
  /// @throws FlagProblem naming the flag
  static Object parse(Flag<?> flag, String text) throws FlagProblem {
    try {
      return switch (flag.kind()) {
        case SWITCH -> onOff(text);
        case TEXT -> text;
        case INTEGER -> Math.toIntExact(whole(text));
        case LONG -> whole(text);
        case DECIMAL -> Double.valueOf(text);
        case DURATION -> GoDuration.parse(text);
        case MILLISECONDS -> Duration.ofMillis(whole(text));
        case LIST -> list(text);
        case CHOICES -> choices(flag, list(text));
        case REPEATED -> List.of(text);
        case FILTERS -> filters(text);
        case EDITS -> edit(text);
        case MAP -> map(flag, text);
        case MAPS -> List.of(map(flag, text));
        case YAML -> Yaml.mapping(text);
      };
    } catch (NumberFormatException | ArithmeticException e) {
      throw wrong(flag, text, "must be a number" + (flag.kind() == Flag.Kind.DECIMAL ? "" : " without fraction"));
    } catch (IllegalArgumentException e) {
      throw wrong(flag, text, String.valueOf(e.getMessage()));
    }
  }

  static FlagProblem wrong(Flag<?> flag, String text, String why) {
    String shown = text.length() > 200 ? text.substring(0, 200) + "…" : text;
    return FlagProblem.wrongFlag(
        "invalid value \"" + shown + "\" for flag -" + flag.name() + ": " + why, "write " + usage(flag));
  }

  /// The flag as it is to be written, for example `-idle-timeout-server DURATION`.
  static String usage(Flag<?> flag) {
    return switch (flag.kind()) {
      case SWITCH -> "-" + flag.name();
      case TEXT -> "-" + flag.name() + " TEXT";
      case INTEGER, LONG, DECIMAL -> "-" + flag.name() + " NUMBER";
      case DURATION -> "-" + flag.name() + " DURATION, for example 1m30s";
      case MILLISECONDS -> "-" + flag.name() + " MILLISECONDS";
      case LIST -> "-" + flag.name() + " A,B,…";
      case CHOICES -> "-" + flag.name() + " with any of " + String.join(",", flag.choices());
      case REPEATED -> "-" + flag.name() + " TEXT, as often as needed";
      case FILTERS -> "-" + flag.name() + " 'f() -> g()'";
      case EDITS -> "-" + flag.name() + " '/regexp/replacement/'";
      case MAP, MAPS -> "-" + flag.name() + " KEY=VALUE,…"
          + (flag.choices().isEmpty() ? "" : " with the keys " + String.join(", ", flag.choices()));
      case YAML -> "-" + flag.name() + " '{name: {…}}'";
    };
  }

  static boolean onOff(String text) {
    if (TRUE.contains(text)) {
      return true;
    }
    if (FALSE.contains(text)) {
      return false;
    }
    throw new IllegalArgumentException("must be true or false");
  }

  static List<String> list(String text) {
    return text.isEmpty() ? List.of() : List.of(text.split(",", -1));
  }

  static List<String> choices(Flag<?> flag, List<String> values) {
    for (String value : values) {
      if (!flag.choices().contains(value)) {
        throw new IllegalArgumentException("\"" + value + "\" is none of " + String.join(", ", flag.choices()));
      }
    }
    return values;
  }

  static List<String> filters(String text) {
    var read = RouteParser.filters(SourceText.of("the flag", text));
    if (!read.ok()) {
      throw new IllegalArgumentException(read.diagnostics().stream()
          .filter(Diagnostic::isError)
          .findFirst()
          .map(Diagnostic::message)
          .orElse("no filter chain"));
    }
    return read.calls().isEmpty() ? List.of() : List.of(text);
  }

  static List<String> edit(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("must not be empty");
    }
    int parts = text.split(Pattern.quote(text.substring(0, 1)), -1).length;
    if (parts != 4) {
      throw new IllegalArgumentException(
          "must have its first character, \"" + text.charAt(0) + "\", three times, as in /regexp/replacement/");
    }
    try {
      Pattern.compile(text.substring(1, text.indexOf(text.charAt(0), 1)));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException("the regular expression is wrong: " + e.getMessage(), e);
    }
    return List.of(text);
  }

  private static Map<String, String> map(Flag<?> flag, String text) throws FlagProblem {
    var map = new LinkedHashMap<String, String>();
    for (String pair : list(text)) {
      int equals = pair.indexOf('=');
      String key = equals < 0 ? pair.strip() : pair.substring(0, equals).strip();
      String value = equals < 0 ? "" : pair.substring(equals + 1).strip();
      if (key.isEmpty() || value.isEmpty()) {
        throw wrong(flag, text, "\"" + pair + "\" is no key=value");
      }
      map.put(key, value);
    }
    return flag.kind() == Flag.Kind.MAPS ? checked(flag, map) : map;
  }

  /// @throws IllegalArgumentException for a key or value that this flag does not know
  static Map<String, String> checked(Flag<?> flag, Map<String, String> map) {
    map.forEach((key, value) -> {
      if (!flag.choices().contains(key)) {
        throw new IllegalArgumentException("unknown key \"" + key + "\"");
      }
      PairValue.check(flag, key, value);
    });
    return map;
  }

  private static long whole(String text) {
    String digits = text.replace("_", "");
    return Long.decode(digits.startsWith("0") && digits.length() > 1 && Character.isDigit(digits.charAt(1))
        ? digits.replaceFirst("^0+(?=.)", "")
        : digits);
  }
}
