package dev.sluice.cli.flag;

import org.jspecify.annotations.Nullable;

/// Why the flags cannot be used. The message starts in lower case, names the flag, and has no full stop.
public final class FlagProblem extends Exception {
  private static final long serialVersionUID = 1L;

  private final int exitStatus;
  private final @Nullable String help;

  private FlagProblem(int exitStatus, String message, @Nullable String help) {
    super(message);
    this.exitStatus = exitStatus;
    this.help = help;
  }

  /// A flag that is written wrong: exit status 2.
  public static FlagProblem wrongFlag(String message, @Nullable String help) {
    return new FlagProblem(2, message, help);
  }

  /// Flags that are written right but cannot be followed: exit status 1.
  public static FlagProblem wrongSetting(String message, @Nullable String help) {
    return new FlagProblem(1, message, help);
  }

  /// What the process ends with.
  public int exitStatus() {
    return exitStatus;
  }

  /// How to mend it, beginning with a verb.
  public @Nullable String help() {
    return help;
  }
}
