package dev.sluice.cli;

import dev.sluice.cli.gwctl.Gwctl;
import java.util.List;

/// The command `gwctl`.
public final class GwctlMain {

  private GwctlMain() {}

  /// Runs one command and ends the process with its status.
  public static void main(String[] args) {
    System.exit(run(List.of(args), Surroundings.ofProcess()));
  }

  /// Runs one command.
  ///
  /// @return 0, or 1 for findings, 64 for wrong usage, 65 for input that cannot be read as routes, 70 for a bug of ours
  public static int run(List<String> args, Surroundings surroundings) {
    return Gwctl.run(args, surroundings);
  }
}
