package dev.sluice.cli;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// What the launch script runs once after a build, so that the JVM can keep the classes of a start in its cache: both commands, briefly.
public final class StartTraining {
  private StartTraining() {}

  /// @param args the project's folder
  public static void main(String[] args) {
    var silent = new PrintStream(new ByteArrayOutputStream());
    var surroundings = new Surroundings(Path.of(args[0]), InputStream.nullInputStream(), silent, silent, false, Map.of());
    GwctlMain.run(List.of("check", "routes"), surroundings);
    GwctlMain.run(List.of("check", "-routes", "a: Path(\"/a\") -> nothing() -> "), surroundings);
    GwctlMain.run(List.of("print", "-pretty", "-routes", "a: Path(\"/a\") -> setPath(\"/b\") -> <shunt>"), surroundings);
  }
}
