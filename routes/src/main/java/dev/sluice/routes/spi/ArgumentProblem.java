package dev.sluice.routes.spi;

/// Thrown by the constructor of a spec or an argument type for a value that breaks a rule. The binder turns it into a diagnostic at the
/// argument (or at the call, for a rule between arguments).
public class ArgumentProblem extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;
  private final int argument;

  /// A rule between arguments.
  public ArgumentProblem(String message) {
    this(-1, message);
  }

  /// @param argument index of the argument that is wrong, from 0; -1: the call
  public ArgumentProblem(int argument, String message) {
    super(message);
    this.argument = argument;
  }

  public int argument() {
    return argument;
  }
}
