package dev.sluice.cli.gwctl;

/// What `gwctl` ends with.
public final class ExitCodes {
  /// Nothing to complain about.
  public static final int OK = 0;
  /// There were findings.
  public static final int FINDINGS = 1;
  /// The command line is wrong.
  public static final int USAGE = 64;
  /// Input cannot be read, or is no route text.
  public static final int BAD_INPUT = 65;
  /// A bug of ours.
  public static final int BUG = 70;

  private ExitCodes() {}
}
