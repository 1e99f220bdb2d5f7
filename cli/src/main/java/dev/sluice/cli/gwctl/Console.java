package dev.sluice.cli.gwctl;

import dev.sluice.cli.Surroundings;
import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.TerminalRenderer;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people see on standard error.
final class Console {
  private final PrintStream err;
  private final boolean colours;

  Console(Surroundings surroundings) {
    err = surroundings.err();
    colours = surroundings.colours();
  }

  void show(List<Diagnostic> diagnostics) {
    if (!diagnostics.isEmpty()) {
      err.print(new TerminalRenderer(colours).render(diagnostics));
      err.flush();
    }
  }

  void error(String message, @Nullable String help) {
    err.println(paint("1;31", "error:") + " " + message);
    if (help != null) {
      err.println("  " + paint("1;32", "help:") + " " + help);
    }
    err.flush();
  }

  void line(String text) {
    err.println(text);
    err.flush();
  }

  private String paint(String colour, String text) {
    return colours ? "\u001B[" + colour + 'm' + text + "\u001B[0m" : text;
  }
}
