package dev.sluice.routes.predicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.TestTables;
import dev.sluice.routes.compile.RouteBuilder;
import dev.sluice.routes.declare.CatalogEntry;
import dev.sluice.routes.spi.PredicateSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BuiltinPredicatesTest {
  static List<CatalogEntry> entries() {
    return TestTables.CATALOG.entries();
  }

  @Test
  void listsEveryPredicateOfThePackageInOrder() throws Exception {
    assertThat(BuiltinPredicates.ALL).extracting(Class::getSimpleName).isSorted();
    assertThat(BuiltinPredicates.ALL).containsExactlyInAnyOrderElementsOf(predicatesOfThePackage());
  }

  private static List<Class<? extends PredicateSpec>> predicatesOfThePackage() throws IOException {
    Path classes = Path.of(BuiltinPredicates.class.getProtectionDomain().getCodeSource().getLocation().getPath());
    try (Stream<Path> files = Files.list(classes.resolve("dev/sluice/routes/predicate"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".class") && !name.contains("$") && !name.contains("-"))
          .<Class<?>>map(name -> load(name.substring(0, name.length() - 6)))
          .filter(PredicateSpec.class::isAssignableFrom)
          .<Class<? extends PredicateSpec>>map(type -> type.asSubclass(PredicateSpec.class))
          .toList();
    }
  }

  private static Class<?> load(String name) {
    try {
      return Class.forName("dev.sluice.routes.predicate." + name);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("entries")
  void declaresAUsableExample(CatalogEntry entry) {
    assertThat(entry.type().getSimpleName()).isEqualTo(entry.name());
    assertThat(entry.summary()).isNotBlank().doesNotEndWith(".");
    assertThat(entry.examples()).isNotEmpty();
    for (CatalogEntry.Example example : entry.examples()) {
      var parsed = RouteParser.parse(SourceText.of(entry.name(), example.text()));
      assertThat(parsed.diagnostics()).isEmpty();
      assertThat(parsed.file().routes()).anyMatch(route -> route.predicates().stream().anyMatch(call -> call.name().equals(entry.name())));
      // Filters belong to another module.
      var built = RouteBuilder.build(parsed.file(), TestTables.CATALOG, RouteBuilder.Options.NONE);
      assertThat(built.problems()).allMatch(problem -> problem.message().startsWith("unknown filter"));
    }
  }
}
