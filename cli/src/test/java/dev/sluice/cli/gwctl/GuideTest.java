package dev.sluice.cli.gwctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The broken files in `docs/guide/gwctl.md`, and what is said about them. `-Dgolden=update` writes what is said now.
class GuideTest {
  private static final Path GUIDE = Path.of("../docs/guide/gwctl.md");
  private static final Pattern EXAMPLE = Pattern.compile("`(\\w+[.]gw)`:\n\n```gw\n(.*?)```\n\n```\n[$] gwctl check \\1\n(.*?)```\n", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void saysWhatTheGuideShows() throws IOException {
    String guide = Files.readString(GUIDE);
    List<Matcher> examples = EXAMPLE.matcher(guide).results().map(found -> {
      Matcher example = EXAMPLE.matcher(found.group());
      assertThat(example.matches()).isTrue();
      return example;
    }).toList();
    assertThat(examples).hasSizeGreaterThanOrEqualTo(3);
    for (Matcher example : examples) {
      Files.writeString(folder.resolve(example.group(1)), example.group(2));
      var run = Run.in(folder, "");
      assertThat(run.gwctl("check", example.group(1))).isNotEqualTo(ExitCodes.OK);
      String shown = example.group().substring(0, example.start(3)) + run.err() + "```\n";
      guide = guide.replace(example.group(), shown);
      if (!"update".equals(System.getProperty("golden"))) {
        assertThat(example.group()).isEqualTo(shown);
      }
    }
    if ("update".equals(System.getProperty("golden"))) {
      Files.writeString(GUIDE, guide);
    }
  }
}
