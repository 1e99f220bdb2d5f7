package dev.sluice.bench;

import java.io.IOException;

/// What a load came to.
///
/// @param requests answered in all
/// @param bytes of bodies, both ways
/// @param perSecond requests answered in a second
/// @param p50Millis half of the answers came within this time; 0 when the generator does not say
/// @param p99Millis 99 of 100 answers came within this time; 0 when the generator does not say
/// @param failed answers other than 2xx and 3xx, and broken connections
record Load(long requests, long bytes, double perSecond, double p50Millis, double p99Millis, long failed) {

  /// What makes a load.
  interface Generator {
    /// @return whether what it needs is installed
    boolean installed();

    /// Loads the server on a port of 127.0.0.1 for so many seconds.
    Load run(int port, int seconds) throws IOException, InterruptedException;
  }
}
