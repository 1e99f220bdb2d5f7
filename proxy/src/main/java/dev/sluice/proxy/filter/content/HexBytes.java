package dev.sluice.proxy.filter.content;

import dev.sluice.routes.declare.ArgType;
import dev.sluice.routes.spi.ArgumentProblem;
import java.util.HexFormat;
import java.util.Locale;

/// Bytes written as hexadecimal digits.
public record HexBytes(String digits) {
  public static final ArgType<HexBytes> ARGUMENT = ArgType.ofText("bytes in hexadecimal", HexBytes::new);

  /// @throws ArgumentProblem when the digits are odd in number or no digits
  public HexBytes {
    digits = digits.toLowerCase(Locale.ROOT);
    if (digits.length() % 2 != 0 || !digits.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 128)) {
      throw new ArgumentProblem("must be an even number of hexadecimal digits, not \"" + digits + "\"");
    }
  }

  public byte[] bytes() {
    return HexFormat.of().parseHex(digits);
  }
}
