package dev.sluice.cli.gwctl;

import org.jspecify.annotations.Nullable;

/// Why a command cannot even begin. The message starts in lower case and has no full stop.
final class UsageProblem extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitStatus;
  private final @Nullable String help;

  private UsageProblem(int exitStatus, String message, @Nullable String help) {
    super(message);
    this.exitStatus = exitStatus;
    this.help = help;
  }

  /// The command line is wrong.
  static UsageProblem usage(String message, @Nullable String help) {
    return new UsageProblem(ExitCodes.USAGE, message, help);
  }

  /// A file that cannot be read.
  static UsageProblem unreadable(String message, @Nullable String help) {
    return new UsageProblem(ExitCodes.BAD_INPUT, message, help);
  }

  int exitStatus() {
    return exitStatus;
  }

  @Nullable String help() {
    return help;
  }
}
