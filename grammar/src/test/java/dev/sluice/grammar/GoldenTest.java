package dev.sluice.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Each archive in `golden/` is one broken text and what is said about it: `#` lines with a word on the situation, the text
/// behind
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

  /// Where every error of a text has an edit, all of them together make it sound.
  @ParameterizedTest
  @MethodSource("archives")
  void editsMendTheText(Path archive) throws IOException {
    String text = Files.readString(archive, StandardCharsets.ISO_8859_1);
    int begin = text.indexOf(" --\n") + 4;
    String name = text.substring(text.lastIndexOf("-- ", begin - 5) + 3, begin - 4);
    var input = new StringBuilder(text.substring(begin, text.indexOf(SAYS, begin)));
    var diagnostics = diagnose(name, source(name, input));
    if (diagnostics.stream().anyMatch(diagnostic -> diagnostic.edit() == null)) {
      return;
    }
    for (Diagnostic diagnostic : diagnostics.reversed()) {
      var edit = diagnostic.edit();
      assertThat(edit).isNotNull();
      input.replace(edit.span().start(), edit.span().end(), new String(ByteText.encode(edit.text()), StandardCharsets.ISO_8859_1));
    }
    assertThat(diagnose(name, source(name, input))).as(input.toString()).isEmpty();
  }

  private static SourceText source(String name, CharSequence bytes) {
    return SourceText.of(name, bytes.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static List<Diagnostic> diagnose(String name, SourceText source) {
    return switch (name) {
      case "predicates" -> RouteParser.predicates(source).diagnostics();
      case "filters" -> RouteParser.filters(source).diagnostics();
      default -> RouteParser.parse(source).diagnostics();
    };
  }

  private static String said(String name, SourceText source) {
    var diagnostics = diagnose(name, source);
    return ByteText.replaceEscapes(new TerminalRenderer(false).render(diagnostics));
  }

  @Test
  void thereAreManyOfThem() throws IOException {
    assertThat(archives()).hasSizeGreaterThanOrEqualTo(80);
  }
}
