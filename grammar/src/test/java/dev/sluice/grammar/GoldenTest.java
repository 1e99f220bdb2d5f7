package dev.sluice.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each archive in `golden/` is one broken text and what is said about it: `#` lines with a word on the situation, the text behind
/// `-- routes.gw --` (or `-- predicates --`, `-- filters --`), and the rendered diagnostics behind `-- says --`.
///
/// `-Dgolden=update` writes what is said now into the archives.
class GoldenTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final String SAYS = "\n-- says --\n";

  static List<Path> archives() throws IOException {
    try (var files = Files.list(FOLDER)) {
      return files.filter(file -> file.toString().endsWith(".golden")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("archives")
  void saysWhatTheArchiveHolds(Path archive) throws IOException {
    byte[] bytes = Files.readAllBytes(archive);
    String text = ByteText.decode(bytes, 0, bytes.length);
    int title = text.startsWith("-- ") ? 0 : text.indexOf("\n-- ") + 1;
    int begin = text.indexOf('\n', title) + 1;
    String name = text.substring(title + 3, begin - 4);
    int end = text.indexOf(SAYS, begin);
    String input = text.substring(begin, end);
    String said = said(name, SourceText.of(name, ByteText.encode(input)));
    if ("update".equals(System.getProperty("golden"))) {
      Files.write(archive, ByteText.encode(text.substring(0, end) + SAYS + said));
    } else {
      assertThat(said).isEqualTo(text.substring(end + SAYS.length()));
    }
  }

  private static String said(String name, SourceText source) {
    var diagnostics = switch (name) {
      case "predicates" -> RouteParser.predicates(source).diagnostics();
      case "filters" -> RouteParser.filters(source).diagnostics();
      default -> RouteParser.parse(source).diagnostics();
    };
    return ByteText.replaceEscapes(new TerminalRenderer(false).render(diagnostics));
  }

  @Test
  void thereAreManyOfThem() throws IOException {
    assertThat(archives()).hasSizeGreaterThanOrEqualTo(80);
  }
}
