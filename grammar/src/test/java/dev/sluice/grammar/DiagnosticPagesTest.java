package dev.sluice.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each code has a page; its wrong example gives that code, and its right example gives nothing.
class DiagnosticPagesTest {
  private static final Path FOLDER = Path.of("../docs/diagnostics");
  private static final Pattern EXAMPLE = Pattern.compile("(Wrong|Right):\\n\\n```(gw|json)\\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @EnumSource(SyntaxCode.class)
  void thePageOfACodeShowsIt(SyntaxCode code) throws IOException {
    String page = Files.readString(FOLDER.resolve(code.code() + ".md"));
    assertThat(page).startsWith("# " + code.code() + ": " + code.title() + "\n");
    var examples = EXAMPLE.matcher(page).results().toList();
    assertThat(examples).extracting(example -> example.group(1)).containsExactly("Wrong", "Right");
    String wrong = examples.getFirst().group(3);
    boolean json = examples.getFirst().group(2).equals("json");
    assertThat(diagnose(longEnough(wrong, code), json)).extracting(Diagnostic::code).contains(code);
    assertThat(diagnose(examples.getLast().group(3), json)).isEmpty();
  }

  /// Two examples stand for texts that no page can show.
  private static String longEnough(String wrong, SyntaxCode code) {
    return switch (code) {
      case TOO_MANY -> wrong.repeat(101);
      case TOO_LONG -> wrong.replace("1, ", "1, ".repeat(1_000_000));
      default -> wrong;
    };
  }

  private static List<Diagnostic> diagnose(String text, boolean json) {
    var source = SourceText.of("example", text);
    var result = json ? JsonReader.parse(source) : RouteParser.parse(source);
    return result.ok() ? ReadingTest.repeatedIds(result.file()) : result.diagnostics();
  }

  @Test
  void thereAreNoOtherPages() throws IOException {
    try (var files = Files.list(FOLDER)) {
      var pages = files.map(file -> file.getFileName().toString()).filter(name -> name.startsWith("GW1")).toList();
      assertThat(pages).containsExactlyInAnyOrderElementsOf(
          Arrays.stream(SyntaxCode.values()).map(code -> code.code() + ".md").toList());
    }
  }
}
