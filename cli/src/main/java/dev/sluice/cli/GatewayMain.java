package dev.sluice.cli;

import java.util.List;

/// The command `gateway`.
public final class GatewayMain {

  private GatewayMain() {}

  /// Runs a gateway until it is told to end.
  public static void main(String[] args) {
    throw new UnsupportedOperationException();
  }

  /// Starts a gateway in this process. Returns once it listens, or with [RunningGateway#exitStatus] set when it refused
  /// to start; then the messages went to the surroundings' error stream.
  public static RunningGateway start(List<String> args, Surroundings surroundings) {
    throw new UnsupportedOperationException(args + " in " + surroundings.directory());
  }
}
