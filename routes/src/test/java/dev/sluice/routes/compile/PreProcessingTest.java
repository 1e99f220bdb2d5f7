package dev.sluice.routes.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.PrintStyle;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.RoutePrinter;
import dev.sluice.grammar.SourceText;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreProcessingTest {
  private final List<Diagnostic> problems = new ArrayList<>();

  private String apply(PreProcessing processing, String text) {
    var parsed = RouteParser.parse(SourceText.of("t", text));
    var result = processing.apply(PlacedRoute.of(parsed.file()), problems);
    return RoutePrinter.print(result.stream().map(PlacedRoute::node).toList(), PrintStyle.PLAIN);
  }

  private static PreProcessing edits(String... rules) {
    return PreProcessing.of(List.of(), List.of(), List.of(), List.of(rules), null);
  }

  @Test
  void surroundsFiltersWithDefaults() {
    var processing = PreProcessing.of(List.of("p1() -> p2()", "", "// nothing", "p3()"), List.of("q()"), List.of(), List.of(), null);
    assertThat(apply(processing, "a: * -> own() -> <shunt>; b: * -> <shunt>;"))
        .isEqualTo("a: * -> p1() -> p2() -> p3() -> own() -> q() -> <shunt>;\nb: * -> p1() -> p2() -> p3() -> q() -> <shunt>;");
  }

  @Test
  void findsDefaultFiltersInTheirOwnText() {
    var parsed = RouteParser.parse(SourceText.of("t", "a: * -> <shunt>;"));
    var processing = PreProcessing.of(List.of("nope(1)"), List.of(), List.of(), List.of(), null);
    var built = RouteBuilder.build(processing.apply(PlacedRoute.of(parsed.file()), problems), RouteCompilerTest.CATALOG,
        RouteBuilder.Options.NONE);
    assertThat(built.problems()).singleElement().satisfies(problem -> {
      assertThat(problem.source().name()).isEqualTo("-default-filters-prepend");
      assertThat(problem.source().text(problem.span())).isEqualTo("nope");
    });
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '^', value = {
    "/beta/live/ | a: Path(\"/a\") -> set(\"beta\") -> <shunt>; | a: Path(\"/a\") -> set(\"live\") -> <shunt>;",
    "#Path[(]\"/old/(.*)\"[)]#Path(\"/new/$1\")# | a: Path(\"/old/:id\") -> <shunt>; | a: Path(\"/new/:id\") -> <shunt>;",
    "/Source[(](.*)[)]/ClientIP($1, \"::1\")/ | a: Source(\"1.1.1.1\") -> <shunt>; | a: ClientIP(\"1.1.1.1\", \"::1\") -> <shunt>;",
    "/f[(][)]/g() -> h()/ | a: * -> f() -> e() -> <shunt>; | a: * -> g() -> h() -> e() -> <shunt>;",
    "/True[(][)]/*/ | a: True() -> <shunt>; | a: * -> <shunt>;",
    "/, True[(][)]// | a: True() -> <shunt>; | a: True() -> <shunt>;",
    "/True[(][)]/One() && Two()/ | a: True() && Zero() -> <shunt>; | a: One() && Two() && Zero() -> <shunt>;"
  })
  void editsPredicatesAndFilters(String rule, String before, String after) {
    assertThat(apply(edits(rule.strip()), before)).isEqualTo(after.strip());
    assertThat(problems).isEmpty();
  }

  @Test
  void appliesEditsOneAfterAnother() {
    assertThat(apply(edits("/one/two/", "/two/three/"), "r: * -> set(\"one\") -> <shunt>;")).isEqualTo("r: * -> set(\"three\") -> <shunt>;");
  }

  @Test
  void keepsWhatAnEditMakesUnreadable() {
    assertThat(apply(edits("/set/(/"), "r: * -> set(\"one\") -> <shunt>;")).isEqualTo("r: * -> set(\"one\") -> <shunt>;");
    assertThat(problems).singleElement().satisfies(problem -> {
      assertThat(problem.isError()).isFalse();
      assertThat(problem.message()).startsWith("-edit-route turns set(\"one\") into a text that cannot be read; it stays as it was: ");
    });
  }

  @Test
  void addsClonesBehindTheOriginals() {
    var processing = PreProcessing.of(List.of(), List.of(), List.of("|/a|/b|", "#/b#/c#"), List.of(), null);
    assertThat(apply(processing, "x: Path(\"/a\") -> <shunt>; y: Path(\"/y\") -> <shunt>;")).isEqualTo("""
        x: Path("/a") -> <shunt>;
        y: Path("/y") -> <shunt>;
        clone_x: Path("/b") -> <shunt>;
        clone_clone_x: Path("/c") -> <shunt>;""");
  }

  @Test
  void sendsForwardToTheAddressWithoutFilters() {
    var processing = PreProcessing.of(List.of("p()"), List.of(), List.of(), List.of(), "http://fwd:81");
    assertThat(apply(processing, "a: Path(\"/a\") -> f() -> <forward>; b: * -> <shunt>;"))
        .isEqualTo("a: Path(\"/a\") -> \"http://fwd:81\";\nb: * -> p() -> <shunt>;");
  }

  @Test
  void saysWhatIsWrongWithAFlag() {
    assertThatThrownBy(() -> edits("")).hasMessage("-edit-route: empty string as an argument is not allowed");
    assertThatThrownBy(() -> edits("/only/two"))
        .hasMessage("-edit-route: unexpected size of string split: 3; write /expression/replacement/");
    assertThatThrownBy(() -> edits("/(/x/")).hasMessageStartingWith("-edit-route: is no regular expression");
    assertThatThrownBy(() -> PreProcessing.of(List.of("f("), List.of(), List.of(), List.of(), null))
        .hasMessageStartingWith("-default-filters-prepend: failed to parse default filters: column ");
    assertThatThrownBy(() -> PreProcessing.of(List.of(), List.of(), List.of(), List.of(), "nowhere"))
        .hasMessage("-forward-backend-url: address \"nowhere\" has no scheme");
  }

  @Test
  void severalCloneRulesLoseNoClone() {
    var processing = PreProcessing.of(List.of(), List.of(), List.of("/a/b/", "/a/c/", "/b/d/"), List.of(), null);
    assertThat(apply(processing, "r: P(\"a\") -> <shunt>; s: P(\"x\") -> <shunt>; t: P(\"b\") -> <shunt>;")).isEqualTo("""
        r: P("a") -> <shunt>;
        s: P("x") -> <shunt>;
        t: P("b") -> <shunt>;
        clone_r: P("b") -> <shunt>;
        clone_r_2: P("c") -> <shunt>;
        clone_t: P("d") -> <shunt>;
        clone_clone_r: P("d") -> <shunt>;""");
  }
}
