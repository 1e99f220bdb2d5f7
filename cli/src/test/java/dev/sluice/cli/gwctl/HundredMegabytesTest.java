package dev.sluice.cli.gwctl;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `gwctl check` of one line of 100 MB, in a process of its own with 1 GB of heap: it ends in time and says something in few words. Some kinds of
/// line are shorter unless `-Dhostile.megabytes=100` is given, to save time.
class HundredMegabytesTest {
  private static final int LEAST = Integer.getInteger("hostile.megabytes", 0);

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                  | a     |                  | 100 | 65
                  | ->    |                  | 100 | 65
                  | (     |                  | 100 | 65
                  | =>    |                  |  20 | 65
                  | “     |                  |  20 | 65
      //          | x     |                  | 100 | 0
      r: * -> f(" | x     | ") -> <shunt>;   | 100 | 1
      r: * -> f(" | \\n   | ") -> <shunt>;   |  20 | 1
      r: * -> f(" | x     |                  |  20 | 65
      r: * -> f(  | 1     | ) -> <shunt>;    |  20 | 65
      r: * -> f(0 | ,1    | ) -> <shunt>;    |  20 | 65
      r: *        | -> f()| -> <shunt>;      |  20 | 65
      r: Host(/   | [xy]  | /) -> <shunt>;   |  20 | 1
      r: Host(/   | [x    | ]/) -> <shunt>;  |  20 | 1
      """)
  void endsInTimeAndInLittleMemory(String head, String unit, String tail, int megabytes, int status) throws IOException, InterruptedException {
    Path file = write(head == null ? "" : head, unit, tail == null ? "" : tail, Math.max(LEAST, megabytes) * 1_000_000);
    Path said = folder.resolve("said");
    var process = new ProcessBuilder(List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx1g", "-XX:+UseParallelGC", "-cp",
            System.getProperty("java.class.path"), "dev.sluice.cli.GwctlMain", "check", file.toString()))
        .redirectErrorStream(true).redirectOutput(said.toFile()).start();
    try {
      assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.size(said)).isLessThan(200_000);
    assertThat(Files.readString(said)).doesNotContain("a bug in gwctl", "not enough memory");
    assertThat(process.exitValue()).as(Files.readString(said)).isEqualTo(status);
  }

  private Path write(String head, String unit, String tail, int size) throws IOException {
    Path file = folder.resolve("line.gw");
    byte[] part = unit.repeat(100_000).getBytes(StandardCharsets.UTF_8);
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write(head.getBytes(StandardCharsets.UTF_8));
      for (int written = 0; written < size; written += part.length) {
        out.write(part);
      }
      out.write(tail.getBytes(StandardCharsets.UTF_8));
    }
    return file;
  }
}
