package dev.sluice.proxy.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.DiagnosticCode;
import dev.sluice.grammar.ParseResult;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import dev.sluice.proxy.balance.BuiltinAlgorithms;
import dev.sluice.routes.check.CheckCode;
import dev.sluice.routes.check.RouteChecker;
import dev.sluice.routes.compile.RouteBuilder;
import dev.sluice.routes.declare.ArgumentCode;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.predicate.BuiltinPredicates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Each code about names and arguments has a page; its wrong example gives that code, its right one nothing.
class ArgumentPagesTest {
  private static final Path FOLDER = Path.of("../docs/diagnostics");
  private static final java.util.regex.Pattern EXAMPLE =
      java.util.regex.Pattern.compile("(Wrong|Right):\\n\\n```gw\\n(.*?)```", java.util.regex.Pattern.DOTALL);
  static final Catalog ALL = Catalog.of(BuiltinFilters.ALL, BuiltinPredicates.ALL, BuiltinAlgorithms.ALL);

  static List<Diagnostic> check(String text) {
    ParseResult parsed = RouteParser.parse(SourceText.of("example", text));
    assertThat(parsed.diagnostics()).isEmpty();
    return new RouteChecker(ALL, RouteBuilder.Options.NONE).check(parsed).findings();
  }

  @Test
  void thePageOfACodeShowsIt() throws IOException {
    for (DiagnosticCode code : Stream.concat(Stream.of(ArgumentCode.values()), Stream.of(CheckCode.values())).toList()) {
      String page = Files.readString(FOLDER.resolve(code.code() + ".md"));
      assertThat(page).startsWith("# " + code.code() + ": " + code.title() + "\n");
      var examples = EXAMPLE.matcher(page).results().toList();
      assertThat(examples).as(code.code()).extracting(example -> example.group(1)).containsExactly("Wrong", "Right");
      assertThat(check(examples.getFirst().group(2))).as(code.code()).extracting(Diagnostic::code).containsExactly(code);
      assertThat(check(examples.getLast().group(2))).as(code.code()).isEmpty();
    }
  }
}
