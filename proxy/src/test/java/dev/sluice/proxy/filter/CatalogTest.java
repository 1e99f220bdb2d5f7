package dev.sluice.proxy.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.routes.declare.CatalogEntry;
import dev.sluice.routes.declare.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What holds for every built-in filter.
class CatalogTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/sluice/proxy/filter");

  @Test
  void everyDeclaredRecordIsListedOnce() throws IOException {
    List<String> declared;
    try (Stream<Path> files = Files.walk(SOURCES)) {
      declared = files.filter(CatalogTest::hasDeclaration).map(file -> file.getFileName().toString().replace(".java", "")).sorted().toList();
    }
    assertThat(BuiltinFilters.ALL.stream().map(Class::getSimpleName).toList()).isEqualTo(declared);
  }

  private static boolean hasDeclaration(Path file) {
    try {
      return file.toString().endsWith(".java") && Files.readString(file).contains("\n@Declaration(");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theClassIsTheNameInUpperCamelCase() {
    for (CatalogEntry entry : Filters.CATALOG.entries()) {
      String upper = Character.toUpperCase(entry.name().charAt(0)) + entry.name().substring(1);
      assertThat(entry.type().getSimpleName()).isEqualTo(upper);
    }
  }

  @Test
  void everyEntryHasASummaryAndAnExample() {
    for (CatalogEntry entry : Filters.CATALOG.entries()) {
      assertThat(entry.summary()).as(entry.name()).isNotBlank().doesNotEndWith(".");
      assertThat(entry.examples()).as(entry.name()).isNotEmpty();
      assertThat(entry.parameters()).as(entry.name()).allSatisfy(p -> assertThat(p.summary()).isNotBlank().doesNotEndWith("."));
    }
  }

  @Test
  void parameterNamesAreUnique() {
    for (CatalogEntry entry : Filters.CATALOG.entries()) {
      assertThat(entry.parameters().stream().map(Parameter::name).toList()).as(entry.name()).doesNotHaveDuplicates();
    }
  }

  @Test
  void noTwoNamesDifferOnlyInCase() {
    List<String> lower = Filters.CATALOG.names(CatalogEntry.Kind.FILTER).stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    assertThat(lower).doesNotHaveDuplicates();
  }
}
