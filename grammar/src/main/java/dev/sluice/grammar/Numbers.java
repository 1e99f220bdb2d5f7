package dev.sluice.grammar;

import java.math.BigDecimal;
import java.math.MathContext;

/// How numbers are read and printed. Every number of the language is a double.
final class Numbers {
  private Numbers() {}

  /// Value of a number as the lexer accepts it. Infinite when it is out of range.
  static double read(byte[] bytes, int from, int to) {
    int at = bytes[from] == '-' ? from + 1 : from;
    if (to - at > 15) {
      return Double.parseDouble(ByteText.decode(bytes, from, to));
    }
    long value = 0;
    for (int i = at; i < to; i++) {
      if (bytes[i] == '.') {
        return Double.parseDouble(ByteText.decode(bytes, from, to));
      }
      value = value * 10 + bytes[i] - '0';
    }
    return at > from ? -(double) value : value;
  }

  /// The number in full, without an exponent: an integer exactly, any other with the fewest digits that read back as the same
  /// double.
  static String text(double value) {
    if (value == Math.rint(value)) {
      long whole = (long) value;
      if (whole == value && (whole != 0 || 1 / value > 0)) {
        return Long.toString(whole);
      }
      return value == 0 ? "-0" : new BigDecimal(value).toPlainString();
    }
    return new BigDecimal(shortest(value)).stripTrailingZeros().toPlainString();
  }

  /// The shortest form as in JSON: an exponent only below 1e-6 and from 1e21 on.
  static String json(double value) {
    double size = Math.abs(value);
    if (value == 0) {
      return 1 / value > 0 ? "0" : "-0";
    }
    var digits = new BigDecimal(shortest(value)).stripTrailingZeros();
    if (size >= 1e-6 && size < 1e21) {
      return digits.toPlainString();
    }
    int exponent = digits.precision() - digits.scale() - 1;
    String mantissa = digits.scaleByPowerOfTen(-exponent).toPlainString();
    return mantissa + (exponent < 0 ? "e-" : "e+") + Math.abs(exponent);
  }

  /// As [Double#toString], which prints two digits even where one is enough (4.9E-324).
  private static String shortest(double value) {
    String text = Double.toString(value);
    int point = text.indexOf('.');
    int exponent = text.indexOf('E');
    if (exponent != point + 2 || text.charAt(point + 1) == '0') {
      return text;
    }
    String one = new BigDecimal(text).round(new MathContext(1)).toString();
    return Double.parseDouble(one) == value ? one : text;
  }
}
