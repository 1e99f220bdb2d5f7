package dev.sluice.proxy.balance;

/// How new endpoints of a route come into use: the filter `fadeIn`.
///
/// @param duration after which an endpoint is no longer new, in nanoseconds; more than 0
/// @param exponent 1: its part grows evenly; more: slowly at first
public record Fading(long duration, double exponent) {
  /// The chance that an endpoint takes part.
  ///
  /// @param age in nanoseconds
  double score(long age) {
    return isNew(age) ? Math.pow((double) age / duration, exponent) : 1;
  }

  boolean isNew(long age) {
    return age > 0 && age < duration;
  }
}
