package dev.sluice.grammar;

/// How [RoutePrinter] lays routes out.
///
/// @param pretty each filter and the backend on a line of its own, and an empty line between routes
/// @param indent stands before each of these lines; white space, of no effect unless pretty
public record PrintStyle(boolean pretty, String indent) {
  /// One route a line.
  public static final PrintStyle PLAIN = new PrintStyle(false, "");
  /// Pretty with two blanks, as the HTTP listing of routes shows it.
  public static final PrintStyle PRETTY = new PrintStyle(true, "  ");

  String arrow() {
    return pretty ? "\n" + indent + "-> " : " -> ";
  }
}
