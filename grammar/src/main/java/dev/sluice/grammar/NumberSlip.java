package dev.sluice.grammar;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Numbers as other languages write them.
final class NumberSlip {
  private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F]{1,15}");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9_]*\\.?[0-9_]*([eE][0-9]{1,2})?");

  private NumberSlip() {}

  /// The number in the form of this language, or null when the text is no number at all.
  static @Nullable String mended(String text) {
    if (HEXADECIMAL.matcher(text).matches()) {
      return new BigInteger(text.substring(2), 16).toString();
    }
    String plain = text.replace("_", "");
    if (!DECIMAL.matcher(text).matches() || plain.chars().noneMatch(Character::isDigit) || text.startsWith("_")) {
      return null;
    }
    if (plain.endsWith(".")) {
      plain = plain.substring(0, plain.length() - 1);
    }
    return new BigDecimal(plain).toPlainString();
  }
}
