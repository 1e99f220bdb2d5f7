package dev.sluice.proxy.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.check.RouteChecker;
import dev.sluice.routes.compile.RouteBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Exact findings.
class RouteCheckerTest {
  private static List<String> check(String text) {
    SourceText source = SourceText.of("r.gw", text);
    return ArgumentPagesTest.check(text).stream()
        .map(finding -> source.line(finding.span().start()) + ":" + source.column(finding.span().start()) + ": "
            + finding.severity() + " " + finding.code().code() + " " + finding.message()
            + (finding.help() == null ? "" : " | " + finding.help()))
        .toList();
  }

  @Test
  void findingsComeByPlace() {
    assertThat(check("""
        b: Path("/b") -> status(99) -> <shunt>;
        a: Path("/a") && Hst("x") -> ratelimt(1, "1m") -> <shunt>;
        b: Path("/c") -> redirectTo(302, "/x") -> setPath("/y") -> <shunt>;
        """))
        .containsExactly(
            "1:25: ERROR GW2005 status: code must be from 200 to 999, not 99 | write status(code)",
            "2:18: ERROR GW2002 unknown predicate \"Hst\" | did you mean Host(expression)?",
            "2:30: ERROR GW2001 unknown filter \"ratelimt\" | did you mean ratelimit(maxHits, window, status?)?",
            "3:1: ERROR GW1024 repeated route id \"b\" | rename one of them; the gateway uses only the last one",
            "3:43: WARNING GW2009 \"setPath\" never runs: \"redirectTo\" before it answers the request | move it before redirectTo, or remove it");
  }

  @Test
  void weightsThatAreTooLarge() {
    String endpoints = ", \"http://a?weight=65535\"".repeat(16) + ", \"http://b?weight=";
    assertThat(check("a: * -> <maglev" + endpoints + "16\">;")).isEmpty();
    assertThat(check("a: * -> <maglev" + endpoints + "17\">; b: * -> <random" + endpoints + "17\">;")).containsExactly(
        "1:10: ERROR GW2107 maglev takes weights of at most 1048576 in all, but these are 1048577 | divide each weight by the same number");
  }

  @Test
  void idsOverSeveralTexts() {
    var one = SourceText.of("one.gw", "a: * -> <shunt>;");
    var broken = SourceText.of("broken.gw", "b: * -> <shunt>; a: * -> ");
    var two = SourceText.of("two.gw", "b: * -> <shunt>; a: * -> <shunt>;");
    var checker = new RouteChecker(ArgumentPagesTest.ALL, RouteBuilder.Options.NONE);
    assertThat(checker.check(one).findings()).isEmpty();
    assertThat(checker.check(broken).findings()).as("of a text that cannot be read").isEmpty();
    List<Diagnostic> findings = checker.check(RouteParser.parse(two)).findings();
    assertThat(findings).hasSize(1);
    assertThat(findings.getFirst().source()).isSameAs(two);
    assertThat(findings.getFirst().labels().getFirst().source()).isSameAs(one);
  }

  /// The document is refused, but nothing had to be guessed: all errors are told in one run, none of them twice.
  @Test
  void aBrokenRuleHidesNoOtherError() {
    var checked = new RouteChecker(ArgumentPagesTest.ALL, RouteBuilder.Options.NONE)
        .check(SourceText.of("r.gw", "a: Path(\"/a\") && Path(1) -> nothing() -> <shunt>; b: * -> status(99) -> <shunt>;"));
    assertThat(checked.ok()).isFalse();
    assertThat(checked.all()).extracting(finding -> finding.code().code()).containsExactly("GW1020", "GW2005");
    var guessed = new RouteChecker(ArgumentPagesTest.ALL, RouteBuilder.Options.NONE)
        .check(SourceText.of("r.gw", "a: * => nothing() -> <shunt>; b: * -> status(99) -> <shunt>;"));
    assertThat(guessed.all()).extracting(finding -> finding.code().code()).containsExactly("GW1005");
  }

  @Test
  void pathsExcludeEachOther() {
    assertThat(ArgumentPagesTest.check("r: Path(\"/a\") && PathSubtree(\"/b\") -> <shunt>;")).hasSize(1);
  }
}
