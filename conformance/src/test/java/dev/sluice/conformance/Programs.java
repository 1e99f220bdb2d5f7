package dev.sluice.conformance;

import dev.sluice.cli.RunningGateway;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// How the gateway and the route tool are started.
interface Programs {

  /// The longest time, in seconds, that a gateway may take to listen.
  int START_SECONDS = 20;

  /// What the route tool did.
  record ToolRun(int exit, String stdout, String stderr) {}

  /// Starts a gateway; it may not listen yet.
  ///
  /// @param folder where it runs
  /// @param log the file that gets its standard output and error
  RunningGateway gateway(List<String> arguments, Path folder, Path log) throws IOException, InterruptedException;

  /// Runs the route tool to its end.
  ///
  /// @param terminal whether its standard input is a terminal at its end, instead of a pipe with `stdin`
  ToolRun tool(List<String> arguments, Path folder, byte[] stdin, boolean terminal) throws IOException, InterruptedException;

  /// Whether a tool's standard input can be a terminal.
  boolean haveTerminals();

  /// Those of this build, in this process; or the commands of the system properties `conformance.gateway` and
  /// `conformance.tool`.
  static Programs ofProperties() {
    String gateway = System.getProperty("conformance.gateway", "");
    String tool = System.getProperty("conformance.tool", "");
    if (gateway.isEmpty() != tool.isEmpty()) {
      throw new IllegalArgumentException("give both conformance.gateway and conformance.tool, or neither");
    }
    return gateway.isEmpty() ? new InProcess() : new Commands(List.of(gateway.split(" ")), List.of(tool.split(" ")));
  }
}
