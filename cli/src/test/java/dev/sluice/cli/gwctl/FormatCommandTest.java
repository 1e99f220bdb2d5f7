package dev.sluice.cli.gwctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.cli.Run;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormatCommandTest {
  @TempDir Path folder;

  private static boolean patchIsInstalled() {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":")).anyMatch(each -> Files.isExecutable(Path.of(each, "patch")));
  }

  /// Runs `patch` in the folder.
  private void patch(Path diff) throws IOException, InterruptedException {
    var process = new ProcessBuilder("patch", "--posix", "-p0", "-u", "-i", diff.toString())
        .directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    assertThat(said).doesNotContain("fuzz", "offset", "reject");
  }

  @Test
  void theDifferenceIsAsDiffWouldSay() throws IOException {
    Files.writeString(folder.resolve("a.gw"), "// one\na: * -> <shunt>;\nb: * -> <shunt>;\nc: * -> <shunt>;\nd:*-><shunt>;\ne: * -> <shunt>");
    var run = Run.in(folder, "");
    assertThat(run.gwctl("fmt", "-diff", "a.gw")).isEqualTo(ExitCodes.FINDINGS);
    assertThat(run.out()).isEqualTo("""
        --- a.gw
        +++ a.gw
        @@ -2,5 +2,5 @@
         a: * -> <shunt>;
         b: * -> <shunt>;
         c: * -> <shunt>;
        -d:*-><shunt>;
        -e: * -> <shunt>
        \\ No newline at end of file
        +d: * -> <shunt>;
        +e: * -> <shunt>;
        """);
    assertThat(Files.readString(folder.resolve("a.gw"))).endsWith("d:*-><shunt>;\ne: * -> <shunt>");
  }

  @Test
  void noDifferenceIsNoOutput() {
    var run = Run.in(folder, "a: * -> <shunt>;\n");
    assertThat(run.gwctl("fmt", "--diff")).isZero();
    assertThat(run.out()).isEmpty();
  }

  @Test
  void aBrokenFileIsReportedAndTheOthersAreCompared() throws IOException {
    Files.writeString(folder.resolve("a.gw"), "a: * -> ");
    Files.writeString(folder.resolve("b.gw"), "b:*-><shunt>");
    var run = Run.in(folder, "");
    assertThat(run.gwctl("fmt", "-diff", "a.gw", "b.gw")).isEqualTo(ExitCodes.BAD_INPUT);
    assertThat(run.out()).startsWith("--- b.gw\n+++ b.gw\n");
    assertThat(run.err()).startsWith("a.gw:1:");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-check", "-diff"})
  void writingAndOnlyLookingExcludeEachOther(String flag) {
    var run = Run.in(folder, "");
    assertThat(run.gwctl("fmt", "-write", flag, "a.gw")).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).startsWith("error: -write changes files, " + flag + " does not\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "a:*-><shunt>",
    "\n\n\na: * -> <shunt>;\n\n\n",
    "a: * -> <shunt>;\r\nb:*-><shunt>;\r\n",
    "// ä \u00FF\na: * -> f(\"\u00FE\") -> <shunt>; b: * -> g(1,2) -> <shunt>;",
  })
  void patchTakesIt(String text) throws IOException, InterruptedException {
    assumeTrue(patchIsInstalled(), "patch is not installed");
    patchTakes("with blank.gw", text.getBytes(StandardCharsets.ISO_8859_1));
  }

  /// Long texts with changes here and there: several hunks, hunks that grow together, none.
  @Test
  void patchTakesTheDifferenceOfRandomTexts() throws IOException, InterruptedException {
    assumeTrue(patchIsInstalled(), "patch is not installed");
    for (int seed = 0; seed < 20; seed++) {
      var random = new SplittableRandom(seed);
      var text = new StringBuilder();
      for (int i = random.nextInt(200); i > 0; i--) {
        switch (random.nextInt(12)) {
          case 0 -> text.append("r").append(i).append(":*->f( 1 )-><shunt>;\n");
          case 1 -> text.append("\n\n\n");
          case 2 -> text.append("// comment ").append(i).append('\n');
          default -> text.append("r").append(i).append(": * -> <shunt>;\n");
        }
      }
      patchTakes("random.gw", text.toString().getBytes(StandardCharsets.UTF_8));
    }
  }

  /// More changes than are searched for.
  @Test
  void patchTakesTheDifferenceOfAQuiteDifferentText() throws IOException, InterruptedException {
    assumeTrue(patchIsInstalled(), "patch is not installed");
    var text = new StringBuilder("// first\n");
    for (int i = 0; i < 5000; i++) {
      text.append("r").append(i).append(":*->f(").append(i).append(")-><shunt>;\n");
    }
    patchTakes("large.gw", text.append("// last\n").toString().getBytes(StandardCharsets.UTF_8));
  }

  private void patchTakes(String name, byte[] text) throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve(name), text);
    var diff = Run.in(folder, "");
    int status = diff.gwctl("fmt", "-diff", name);
    var formatted = Run.in(folder, "");
    assertThat(formatted.gwctl("fmt", name)).isZero();
    if (status == ExitCodes.OK) {
      assertThat(formatted.outBytes()).isEqualTo(text);
      return;
    }
    assertThat(status).isEqualTo(ExitCodes.FINDINGS);
    patch(Files.write(folder.resolve("difference"), diff.outBytes()));
    assertThat(Files.readAllBytes(file)).isEqualTo(formatted.outBytes());
  }
}
