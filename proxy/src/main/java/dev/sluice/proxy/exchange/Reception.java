package dev.sluice.proxy.exchange;

/// How a request was received, for the headers that tell of it.
public interface Reception {
  /// The target as received.
  String receivedTarget();

  /// The port that it came to; -1 for a Unix socket.
  int localPort();

  /// Drops every line that says who the client is.
  void dropForwarding();

  /// Whether a header of this name says who the client is.
  static boolean tellsOfTheClient(String name) {
    return name.regionMatches(true, 0, "X-Forwarded-", 0, 12) || name.equalsIgnoreCase("Forwarded") || name.equalsIgnoreCase("X-Real-Ip");
  }
}
