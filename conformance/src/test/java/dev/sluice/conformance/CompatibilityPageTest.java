package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/// `docs/compatibility.md` says what the overlay says; `-Dconformance.docs=update` writes it anew.
class CompatibilityPageTest {

  @Test
  void theCommittedPageIsCurrent() throws IOException {
    String page = CompatibilityPage.of(Files.readString(ModuleFiles.COMPATIBILITY), ModuleFiles.overlay());
    if (System.getProperty("conformance.docs", "").equals("update")) {
      Files.createDirectories(ModuleFiles.COMPATIBILITY_PAGE.getParent());
      Files.writeString(ModuleFiles.COMPATIBILITY_PAGE, page);
    }
    assertThat(Files.readString(ModuleFiles.COMPATIBILITY_PAGE))
        .as("docs/compatibility.md is stale: run mvn -pl conformance -am test with -Dconformance.docs=update")
        .isEqualTo(page);
  }
}
