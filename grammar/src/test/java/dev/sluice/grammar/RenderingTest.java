package dev.sluice.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RenderingTest {
  private static List<Diagnostic> diagnostics(String text) {
    return RouteParser.parse(SourceText.of("a\u001B[2J.gw", text)).diagnostics();
  }

  @Test
  void nothingOfTheTextCanControlTheTerminal() {
    String said = new TerminalRenderer(false).render(diagnostics("r: * -> f(\u001B[31m, \u202Eb) => <shunt>"));
    assertThat(said).contains("a␛[2J.gw:1:").doesNotContain("\u001B", "\u202E");
  }

  @Test
  void coloursAreAnsiSequencesAroundTheSameText() {
    var found = diagnostics("r: * => <shunt>");
    String plain = new TerminalRenderer(false).render(found);
    String coloured = new TerminalRenderer(true).render(found);
    assertThat(coloured).contains("\u001B[1;31merror:\u001B[0m").isNotEqualTo(plain);
    assertThat(coloured.replaceAll("\u001B\\[[0-9;]*m", "")).isEqualTo(plain);
  }

  @Test
  void aFindingAboutNoTextHasNoExcerpt() {
    var finding = Diagnostic.error(SyntaxCode.UNEXPECTED, null, Span.NONE, "cannot read \"x.gw\"").withHelp("check the name");
    assertThat(new TerminalRenderer(false).render(finding))
        .isEqualTo("error: cannot read \"x.gw\" [GW1001]\n  help: check the name   gwctl doc GW1001\n");
  }

  @Test
  void aLabelInAnotherFileNamesIt() {
    var there = SourceText.of("b.gw", "x: * -> <shunt>;");
    var here = SourceText.of("a.gw", "\nx: * -> <shunt>;");
    var finding = Diagnostic.warning(SyntaxCode.REPEATED_ID, here, new Span(1, 2), "repeated route id \"x\"")
        .withLabels(new Diagnostic.Label(there, new Span(0, 1), "first here"));
    assertThat(new TerminalRenderer(false).render(finding)).isEqualTo("""
        a.gw:2:1: warning: repeated route id "x" [GW1024]
            2 | x: * -> <shunt>;
              | ^
          b.gw:1:1: note: first here
            1 | x: * -> <shunt>;
              | -
          help: gwctl doc GW1024
        """);
  }
}
