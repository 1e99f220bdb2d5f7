package dev.sluice.cli.flag;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.FlagGroup;
import dev.sluice.proxy.flag.Flags;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class FlagsPageTest {
  private static final Path PAGE = Path.of("../docs/flags.md");

  @Test
  void thePageIsUpToDate() throws IOException {
    String page = FlagHelp.page();
    if ("update".equals(System.getProperty("golden"))) {
      Files.createDirectories(PAGE.getParent());
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).as("write it again with -Dgolden=update").isEqualTo(page);
  }

  @Test
  void helpNamesEveryFlagOnce() {
    String help = FlagHelp.text();
    for (FlagGroup group : Flags.GROUPS) {
      for (Flag<?> flag : group.flags()) {
        assertThat(help.split("\n  -" + flag.name() + " ", -1)).as(flag.name()).hasSize(2);
      }
    }
  }

  @Test
  void everyFlagIsDeclaredOnceAndWorded() {
    var names = new ArrayList<String>();
    for (FlagGroup group : Flags.GROUPS) {
      for (Flag<?> flag : group.flags()) {
        names.add(flag.name());
        assertThat(flag.summary()).as(flag.name()).isNotBlank().doesNotEndWith(".").hasSizeLessThan(200);
        boolean explained = flag.status() == Flag.Status.IGNORED || flag.status() == Flag.Status.DEPRECATED;
        assertThat(flag.note().isEmpty()).as(flag.name()).isEqualTo(!explained);
      }
    }
    assertThat(names).doesNotHaveDuplicates().hasSizeGreaterThan(300);
  }
}
