package dev.sluice.proxy.filter.path;

import dev.sluice.routes.declare.ArgType;
import dev.sluice.routes.spi.ArgumentProblem;

/// A text with one place for a value: `Bearer %s`.
///
/// @param width least width of the value, filled up with blanks on its left; negative: on its right
public record ValueFormat(String before, int width, String after) {
  public static final ArgType<ValueFormat> ARGUMENT = ArgType.ofText("a format with one %s", ValueFormat::parse);

  /// @throws ArgumentProblem when there is not exactly one `%s`, or another verb
  public static ValueFormat parse(String text) {
    var plain = new StringBuilder();
    String before = null;
    int width = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        plain.append(c);
      } else if (text.startsWith("%%", i)) {
        plain.append('%');
        i++;
      } else {
        int verb = text.indexOf('s', i);
        String number = verb < 0 ? "x" : text.substring(i + 1, verb);
        if (before != null || !number.matches("(-?[0-9]{1,3})?")) {
          throw new ArgumentProblem("must hold exactly one %s and no other verb: \"" + text + "\"");
        }
        width = number.isEmpty() ? 0 : Integer.parseInt(number);
        before = plain.toString();
        plain.setLength(0);
        i = verb;
      }
    }
    if (before == null) {
      throw new ArgumentProblem("must hold exactly one %s: \"" + text + "\"");
    }
    return new ValueFormat(before, width, plain.toString());
  }

  String fill(String value) {
    String blanks = " ".repeat(Math.max(0, Math.abs(width) - value.codePointCount(0, value.length())));
    return before + (width > 0 ? blanks : "") + value + (width < 0 ? blanks : "") + after;
  }
}
