package dev.sluice.proxy.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.routes.declare.CatalogEntry;
import dev.sluice.routes.declare.ReferencePages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The committed reference pages are those that the declarations give. `-Ddocs=update` writes them.
class ReferencePagesTest {
  private static final Path FOLDER = Path.of("../docs/reference");

  @Test
  void thePagesAreNotStale() throws IOException {
    for (var page : Map.of("filters.md", CatalogEntry.Kind.FILTER, "predicates.md", CatalogEntry.Kind.PREDICATE).entrySet()) {
      Path file = FOLDER.resolve(page.getKey());
      String text = ReferencePages.page(ArgumentPagesTest.ALL, page.getValue(), ReferencePagesTest::details);
      if ("update".equals(System.getProperty("docs"))) {
        Files.createDirectories(FOLDER);
        Files.writeString(file, text);
      }
      assertThat(Files.readString(file)).as(page.getKey() + " is stale: run with -Ddocs=update").isEqualTo(text);
    }
  }

  private static String details(String name) {
    Path file = FOLDER.resolve("details").resolve(name + ".md");
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
