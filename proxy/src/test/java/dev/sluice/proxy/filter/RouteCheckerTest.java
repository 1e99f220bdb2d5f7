package dev.sluice.proxy.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import dev.sluice.grammar.Span;
import dev.sluice.routes.check.RouteChecker;
import dev.sluice.routes.compile.RouteBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    var two = SourceText.of("two.gw", "b: Path(\"/b\") -> <shunt>; a: * -> <shunt>;");
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

  private static final String NEVER = " never takes a request: a route before it has the same predicates | remove one of the two, or change its predicates";

  @Test
  void routesThatAnEarlierOneHides() {
    assertThat(check("""
        a: Path("/a/:x") && Methods("GET") && Header("x-a", "1") -> <shunt>;
        b: Header("X-A", "1") && Methods("get") && Path("//a/:y") -> status(201) -> <loopback>;
        all: * -> <shunt>;
        rest: PathSubtree("") -> <dynamic>;
        w: Path("/w") && Host("w") && Weight(2) -> <shunt>;
        v: Path("/w") && Weight(1) && Host(/w/) && Weight(1) -> <shunt>;
        """))
        .containsExactly(
            "2:1: WARNING GW2109 route \"b\"" + NEVER, "4:1: WARNING GW2109 route \"rest\"" + NEVER, "6:1: WARNING GW2109 route \"v\"" + NEVER);
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "a: Path(\"/a\") -> <shunt>; b: Path(\"/a\") && Method(\"GET\") -> <shunt>;",
      "a: Path(\"/a\") -> <shunt>; b: Path(\"/a/\") -> <shunt>;",
      "a: Path(\"/a/:x\") -> <shunt>; b: Path(\"/a/*x\") -> <shunt>; c: Path(\"/a/:x/b\") -> <shunt>; d: Path(\"/:x/a/b\") -> <shunt>;",
      "a: Path(\"/a/*\") -> <shunt>; b: PathSubtree(\"/a\") -> <shunt>;",
      "a: Host(\"a\") && Host(\"b\") -> <shunt>; b: Host(\"a\") && Host(\"c\") -> <shunt>;",
      "a: Host(\"a\") -> <shunt>; b: Host(\"a\") && Weight(1) -> <shunt>;",
      "a: Path(\"/a\") && Traffic(.5) -> <shunt>; b: Path(\"/a\") && Traffic(.5) -> <shunt>;",
      "a: TrafficSegment(0, .5) -> <shunt>; b: TrafficSegment(.5, 1) -> <shunt>;",
      "a: Path(\"/a\") && False() -> <shunt>; b: Path(\"/a\") && False() -> <shunt>;",
      "a: Host(\"Aa\") -> <shunt>; b: Host(\"BB\") -> <shunt>;", // equal hashes
      "a: Host(\"AaAa\") -> <shunt>; b: Host(\"AaBB\") -> <shunt>; c: Host(\"BBAa\") -> <shunt>;",
  })
  void routesThatNoneHides(String text) {
    assertThat(check(text)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TrafficSegment(0, .5)", "Traffic(1)", "Traffic(1, \"c\", \"g\")", "After(\"2030-01-01T00:00:00Z\")", "Shutdown()"})
  void whatIsTheSameForBothIsNotLeftToChance(String predicate) {
    assertThat(check("a: " + predicate + " -> <shunt>; b: " + predicate + " -> <shunt>;")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(delimiterString = ", ", quoteCharacter = '^', value = {
      "Path('/a/:x/b'), Path('/a/:/b')", "Path('/a/:x/'), Path('a//:y/')", "Path('/:x'), Path('/b/../:y')", "Path('/a/*'), Path('/a/*b')",
      "Path('/*'), Path('*x')", "PathSubtree('/a'), PathSubtree('/a/')", "PathSubtree('/a'), PathSubtree('a/*x')",
      "PathSubtree('/'), PathSubtree('/*x')", "PathSubtree('/a/:x/*'), PathSubtree('/a/:yy')",
  })
  void namesOfWildcardsAndWaysToWriteAPathMakeNoDifference(String one, String other) {
    assertThat(check(("a: " + one + " -> <shunt>; b: " + other + " -> <shunt>;").replace('\'', '"'))).hasSize(1);
  }

  @Test
  void aRouteWithAnotherHashIsFoundBehindOneWithTheSame() {
    assertThat(check("a: Host(\"Aa\") -> <shunt>;\nb: Host(\"BB\") -> <shunt>;\nc: Host(\"BB\") -> <shunt>;"))
        .containsExactly("3:1: WARNING GW2109 route \"c\"" + NEVER);
  }

  @Test
  void hiddenRoutesOverSeveralTexts() {
    var broken = SourceText.of("broken.gw", "x: Path(\"/a\") -> <shunt>; y: Path(\"/b\") -> ");
    var one = SourceText.of("one.gw", "Path(\"/a\") -> <shunt>");
    var two = SourceText.of("two.gw", "Path(\"/a\") -> <shunt>");
    var three = SourceText.of("three.gw", "a: Path(\"/a\") -> <shunt>; a: Path(\"/b\") -> <shunt>; b: Path(\"/b\") -> <shunt>; b: Path(\"/b\") -> status(1) -> <shunt>;");
    var checker = new RouteChecker(ArgumentPagesTest.ALL, RouteBuilder.Options.NONE);
    checker.check(broken);
    assertThat(checker.check(one).all()).isEmpty();
    Diagnostic second = checker.check(RouteParser.parse(two)).findings().getFirst();
    assertThat(second.message()).isEqualTo("this route never takes a request: a route before it has the same predicates");
    assertThat(second.span()).isEqualTo(new Span(0, 10));
    assertThat(second.labels()).containsExactly(new Diagnostic.Label(one, new Span(0, 10), "this one takes them"));
    List<Diagnostic> third = checker.check(three).findings();
    assertThat(third).extracting(finding -> finding.code().code()).containsExactly("GW2109", "GW1024", "GW1024", "GW2005");
    assertThat(third.getFirst().labels().getFirst().source()).isSameAs(one);
  }

  /// Twice as many as the first arrays hold, several times over.
  @Test
  void eachOfManyRoutesIsFound() {
    var routes = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      routes.append("r").append(i).append(": Path(\"/").append(i % 1000).append("\") -> <shunt>;\n");
    }
    assertThat(check(routes.toString())).hasSize(1000).first().asString().startsWith("1001:1: WARNING GW2109 route \"r1000\"");
  }
}
