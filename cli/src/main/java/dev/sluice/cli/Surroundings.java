package dev.sluice.cli;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;

/// Where a command runs: what a process gets from its surroundings.
///
/// @param directory     the folder that relative file names start from
/// @param in            standard input
/// @param out           standard output
/// @param err           standard error: messages and the application log
/// @param terminalInput whether standard input is a terminal, so that nothing is read from it unasked
/// @param terminalError whether standard error is a terminal, so that colours may be used
/// @param environment   the environment variables
public record Surroundings(
    Path directory,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean terminalInput,
    boolean terminalError,
    Map<String, String> environment) {

  /// Surroundings whose standard error is no terminal.
  public Surroundings(
      Path directory,
      InputStream in,
      PrintStream out,
      PrintStream err,
      boolean terminalInput,
      Map<String, String> environment) {
    this(directory, in, out, err, terminalInput, false, environment);
  }

  /// The surroundings of this process.
  public static Surroundings ofProcess() {
    return new Surroundings(
        Path.of("").toAbsolutePath(), System.in, System.out, System.err, terminal(0), terminal(2), System.getenv());
  }

  /// The file that a name given on the command line means.
  public Path file(String name) {
    return directory.resolve(name);
  }

  /// Whether messages on the error stream are coloured: only on a terminal, and not when `NO_COLOR` is set.
  public boolean colours() {
    return terminalError && environment.getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(environment.get("TERM"));
  }

  private static boolean terminal(int descriptor) {
    // The launch script asks `test -t`, which is right also when only one of the streams is redirected.
    String told = System.getenv("SLUICE_TERMINAL");
    if (told != null) {
      return told.indexOf('0' + descriptor) >= 0;
    }
    var console = System.console();
    return console != null && console.isTerminal();
  }
}
