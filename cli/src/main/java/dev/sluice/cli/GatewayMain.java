package dev.sluice.cli;

import dev.sluice.cli.flag.CommandLineFlags;
import dev.sluice.cli.flag.FlagHelp;
import dev.sluice.cli.flag.FlagProblem;
import dev.sluice.proxy.flag.ProcessFlags;
import dev.sluice.proxy.server.Gateway;
import dev.sluice.proxy.server.StartProblem;
import java.util.List;

/// The command `gateway`.
public final class GatewayMain {
  private GatewayMain() {}

  /// Runs a gateway until it is told to end.
  public static void main(String[] args) throws InterruptedException {
    RunningGateway gateway = start(List.of(args), Surroundings.ofProcess());
    if (gateway.running()) {
      Thread stopping = Thread.ofPlatform().unstarted(() -> {
        gateway.signal("TERM");
        awaitQuietly(gateway);
      });
      Runtime.getRuntime().addShutdownHook(stopping);
      gateway.await();
    }
    System.exit(gateway.exitStatus());
  }

  private static void awaitQuietly(RunningGateway gateway) {
    try {
      gateway.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Starts a gateway in this process. Returns once it listens, or with [RunningGateway#exitStatus] set when it refused
  /// to start; then the messages went to the surroundings' error stream.
  public static RunningGateway start(List<String> args, Surroundings surroundings) {
    try {
      CommandLineFlags flags = CommandLineFlags.read(
          args, surroundings.environment(), surroundings::file, warning -> surroundings.err().println("gateway: " + warning));
      if (flags.help()) {
        surroundings.out().print(FlagHelp.text());
        return new GatewayProcess(0);
      }
      if (flags.settings().get(ProcessFlags.VERSION)) {
        surroundings.out().println(Version.line("gateway"));
        return new GatewayProcess(0);
      }
      Gateway gateway =
          Gateway.start(flags.settings(), InstalledCatalog.load(), surroundings.directory(), surroundings.err());
      return new GatewayProcess(gateway, flags.settings());
    } catch (FlagProblem e) {
      surroundings.err().println("gateway: " + e.getMessage() + (e.help() == null ? "" : "\n  help: " + e.help()));
      return new GatewayProcess(e.exitStatus());
    } catch (StartProblem e) {
      surroundings.err().println("gateway: " + e.getMessage());
      return new GatewayProcess(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new GatewayProcess(1);
    }
  }
}
