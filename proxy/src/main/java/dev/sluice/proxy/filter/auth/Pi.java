package dev.sluice.proxy.filter.auth;

/// Binary digits of pi, by Machin's formula: pi = 16 arctan(1/5) - 4 arctan(1/239).
final class Pi {
  private Pi() {}

  /// The digits behind the point in words of 32 bits.
  static int[] words(int count) {
    int guard = 64;
    java.math.BigInteger one = java.math.BigInteger.ONE.shiftLeft(32 * count + guard);
    java.math.BigInteger pi = arctan(one, 5).shiftLeft(4).subtract(arctan(one, 239).shiftLeft(2));
    java.math.BigInteger fraction = pi.subtract(one.multiply(java.math.BigInteger.valueOf(3))).shiftRight(guard);
    int[] words = new int[count];
    for (int i = count - 1; i >= 0; i--) {
      words[i] = fraction.intValue();
      fraction = fraction.shiftRight(32);
    }
    return words;
  }

  /// arctan(1/x) in units of 1/one: the sum of (-1)^k / ((2k+1) x^(2k+1)).
  private static java.math.BigInteger arctan(java.math.BigInteger one, int x) {
    java.math.BigInteger square = java.math.BigInteger.valueOf((long) x * x);
    java.math.BigInteger power = one.divide(java.math.BigInteger.valueOf(x));
    java.math.BigInteger sum = power;
    for (int k = 1; power.signum() != 0; k++) {
      power = power.divide(square);
      java.math.BigInteger term = power.divide(java.math.BigInteger.valueOf(2L * k + 1));
      sum = k % 2 == 0 ? sum.add(term) : sum.subtract(term);
    }
    return sum;
  }
}
