package dev.sluice.proxy.loop;

/// What makes the engine cheap on Jetty, each to be switched off. With all of them off everything still works, as stock Jetty does it.
///
/// @param trampoline non-blocking tasks given to the thread pool from a loop run on that loop, after the current callback
/// @param keptInterest end points keep their read interest, do not read where nothing has arrived, read ahead while nobody reads, and so
///     notice a client that goes away
/// @param sharedSelector upstream connections live on the loop's own selector
/// @param loopTimers timers expire in the loop's select, not on a scheduler's thread
/// @param singleWrite head, first body bytes and end go in one write
public record Tricks(boolean trampoline, boolean keptInterest, boolean sharedSelector, boolean loopTimers, boolean singleWrite) {
  /// All on.
  public static final Tricks ON = new Tricks(true, true, true, true, true);

  /// All off.
  public static final Tricks OFF = new Tricks(false, false, false, false, false);
}
