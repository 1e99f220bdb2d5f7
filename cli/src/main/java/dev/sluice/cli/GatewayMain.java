package dev.sluice.cli;

import java.util.List;

/// The command `gateway`.
public final class GatewayMain {

  private GatewayMain() {}

  /// Runs a gateway until it is told to end by SIGTERM or SIGINT; both end it in order, with status 0.
  public static void main(String[] args) throws InterruptedException {
    RunningGateway gateway = start(List.of(args), Surroundings.ofProcess());
    if (!gateway.running()) {
      System.exit(gateway.exitStatus());
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(gateway), "shutdown hook"));
    gateway.await();
  }

  /// Starts a gateway in this process. Returns once it listens, or with [RunningGateway#exitStatus] set when it refused
  /// to start; then the messages went to the surroundings' error stream.
  public static RunningGateway start(List<String> args, Surroundings surroundings) {
    return new GatewayCommand(surroundings).start(args);
  }

  private static void end(RunningGateway gateway) {
    gateway.signal("TERM");
    try {
      gateway.await();
    } catch (InterruptedException e) {
      gateway.close();
    }
    // The JVM would report the signal; an end in order is a success.
    Runtime.getRuntime().halt(gateway.exitStatus());
  }
}
