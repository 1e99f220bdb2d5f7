package dev.sluice.routes.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.routes.TestTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each code has a page; where it shows a wrong example, that gives the code, and the right one gives nothing.
class DiagnosticPagesTest {
  private static final Path FOLDER = Path.of("../docs/diagnostics");
  private static final Pattern EXAMPLE = Pattern.compile("(Wrong|Right):\\n\\n```gw\\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @EnumSource(RouteCode.class)
  void thePageOfACodeShowsIt(RouteCode code) throws IOException {
    String page = Files.readString(FOLDER.resolve(code.code() + ".md"));
    assertThat(page).startsWith("# " + code.code() + ": " + code.title() + "\n");
    EXAMPLE.matcher(page).results().forEach(example -> {
      var problems = TestTables.build(example.group(2)).problems();
      if (example.group(1).equals("Wrong")) {
        assertThat(problems).extracting(Diagnostic::code).containsExactly(code);
      } else {
        assertThat(problems).isEmpty();
      }
    });
  }
}
