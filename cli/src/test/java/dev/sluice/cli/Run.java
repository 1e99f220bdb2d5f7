package dev.sluice.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Surroundings for one command of a test, and what it printed.
public final class Run {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Surroundings surroundings;

  private Run(Path folder, String input, boolean terminal, boolean coloured, Map<String, String> environment) {
    surroundings = new Surroundings(
        folder,
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        terminal,
        coloured,
        environment);
  }

  /// With a pipe as standard input.
  public static Run in(Path folder, String input) {
    return new Run(folder, input, false, false, Map.of());
  }

  /// With a terminal as standard input and output.
  public static Run atTerminal(Path folder, Map<String, String> environment) {
    return new Run(folder, "", true, true, environment);
  }

  public int gwctl(String... args) {
    return GwctlMain.run(List.of(args), surroundings);
  }

  public RunningGateway gateway(String... args) {
    return GatewayMain.start(List.of(args), surroundings);
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public byte[] outBytes() {
    return out.toByteArray();
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
