package dev.sluice.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadingTest {
  private static ParseResult parse(String text) {
    return RouteParser.parse(SourceText.of("test.gw", text));
  }

  private static String text(SourceText source, Span span) {
    return source.text(span);
  }

  @Test
  void everyNodeKnowsItsBytes() {
    String written = "// ä\nid : Path(\"/ä\") && * -> f(-1.5, /x/) -> <alg, `http://a`, \"http://b?zone=z\">;";
    var source = SourceText.of("test.gw", written);
    var route = RouteParser.parse(source).file().routes().getFirst();
    assertThat(text(source, route.idSpan())).isEqualTo("id");
    assertThat(text(source, route.span())).isEqualTo(written.substring(5, written.length() - 1));
    assertThat(text(source, route.predicates().getFirst().span())).isEqualTo("Path(\"/ä\")");
    assertThat(text(source, route.predicates().getFirst().nameSpan())).isEqualTo("Path");
    assertThat(text(source, route.predicates().get(1).span())).isEqualTo("*");
    assertThat(route.filters().getFirst().arguments().stream().map(a -> text(source, a.span()))).containsExactly("-1.5", "/x/");
    var backend = (BackendNode.Balanced) route.backend();
    assertThat(text(source, backend.span())).isEqualTo("<alg, `http://a`, \"http://b?zone=z\">");
    var algorithm = backend.algorithmSpan();
    assertThat(algorithm).isNotNull();
    assertThat(text(source, algorithm)).isEqualTo("alg");
    assertThat(backend.endpoints()).extracting(BackendNode.EndpointNode::address).containsExactly("http://a", "http://b?zone=z");
  }

  @Test
  void escapesAreReadAsTheLanguageSays() {
    var arguments = parse("* -> f(\"\\a\\b\\f\\n\\r\\t\\v\\\"\\\\\\d\\`\\x\", `\\`\\\"\\n`, /\\/\\\\d\\d\\n[/]\"/) -> <shunt>").file().routes().getFirst()
        .filters().getFirst().arguments();
    assertThat(arguments).extracting(argument -> ((LiteralNode.Text) argument).value())
        .containsExactly("\u0007\b\f\n\r\t\u000B\"\\\\d\\`\\x", "`\\\"\n", "/\\d\\d\\n[/]\"");
    assertThat(arguments).extracting(argument -> ((LiteralNode.Text) argument).form())
        .containsExactly(LiteralNode.Form.QUOTED, LiteralNode.Form.BACKQUOTED, LiteralNode.Form.REGEXP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n\t\r\u000B\f", "// only", ";;;\n;", "a: * -> <shunt>", ";;a: * -> <shunt>;;;", "* -> <shunt>", "Any() && * -> <shunt> // x"})
  void theseDocumentsAreSound(String text) {
    assertThat(parse(text).diagnostics()).isEmpty();
  }

  @Test
  void singleBytesOf85AndA0AreWhiteSpace() {
    byte[] bytes = "r:?*?->?<shunt>?".replace('?', '\u0085').getBytes(StandardCharsets.ISO_8859_1);
    bytes[2] = (byte) 0xA0;
    assertThat(RouteParser.parse(SourceText.of("x", bytes)).ok()).isTrue();
  }

  @Test
  void aWrongDocumentHasNoRoutes() {
    var result = parse("a: * -> <shunt>; b: * -> ;");
    assertThat(result.ok()).isFalse();
    assertThat(result.file().routes()).isEmpty();
    assertThat(result.diagnostics()).extracting(Diagnostic::routeId).containsExactly("b");
  }

  @Test
  void predicatesAloneDropTheStar() {
    var calls = RouteParser.predicates(SourceText.of("x", "\uFEFF\u2003* && A(1) && Any() // c\n\u00A0"));
    assertThat(calls.calls()).extracting(CallNode::name).containsExactly("A", "Any");
    assertThat(RouteParser.predicates(SourceText.of("x", "*")).calls()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  \u3000", "// nothing", "\n// nothing\n"})
  void filtersAloneMayBeNone(String text) {
    var calls = RouteParser.filters(SourceText.of("x", text));
    assertThat(calls.ok()).isTrue();
    assertThat(calls.calls()).isEmpty();
  }

  static List<Diagnostic> repeatedIds(SyntaxFile file) {
    var ids = new DuplicateIds();
    return file.routes().stream().map(route -> ids.add(route, file.source(), Severity.ERROR)).filter(Objects::nonNull).toList();
  }

  @Test
  void idsOfABrokenTextAreForgotten() {
    var ids = new DuplicateIds();
    var broken = parse("a: * -> <shunt>;").file();
    var good = parse("a: * -> <shunt>;").file();
    assertThat(ids.add(broken.routes().getFirst(), broken.source(), Severity.ERROR)).isNull();
    ids.forget(broken.source());
    assertThat(ids.add(good.routes().getFirst(), good.source(), Severity.ERROR)).isNull();
  }

  /// What is handed over is what a whole reading gives; with an error it means nothing, and the errors are the same.
  @Test
  void routesCanBeTakenOneByOne() {
    var source = SourceText.of("x", "a: * -> <shunt>; b: Path(\"/b\") -> f(1) -> \"http://b\";");
    var routes = new ArrayList<RouteNode>();
    assertThat(RouteParser.read(source, routes::add)).isEmpty();
    assertThat(routes).isEqualTo(RouteParser.parse(source).file().routes());
    var broken = SourceText.of("x", "a: * -> <shunt>; b: Path(1) -> <shunt>; c: * => <shunt>");
    assertThat(RouteParser.read(broken, route -> {})).isEqualTo(RouteParser.parse(broken).diagnostics()).hasSize(2);
  }

  @Test
  void repeatedIdsAreReportedByWhoeverMinds() {
    var result = parse("a: * -> <shunt>;\nb: * -> <shunt>;\na: Path(\"/\") -> <shunt>;");
    assertThat(result.diagnostics()).isEmpty();
    var found = repeatedIds(result.file());
    assertThat(new TerminalRenderer(false).render(found)).isEqualTo("""
        test.gw:3:1: error: repeated route id "a" [GW1024]
            3 | a: Path("/") -> <shunt>;
              | ^
          test.gw:1:1: note: first here
            1 | a: * -> <shunt>;
              | -
          help: rename one of them; the gateway uses only the last one   gwctl doc GW1024
        """);
  }

  @Test
  void routesAreTheSameInAnyLayoutAndOrder() {
    var left = parse("a: Host(/x/) && * && Path(\"/a\") -> <\"http://b\", \"http://a?zone=z\">; b: * -> <shunt>;").file().routes();
    var right = parse("b: Any() -> <shunt>; a: Path(`/a`) && Host(\"x\") -> <\"http://a?zone=z\", \"http://b\">").file().routes();
    assertThat(CanonicalRoute.sameRoutes(left, right)).isTrue();
    assertThat(CanonicalRoute.sameRoutes(left, right.reversed())).isTrue();
    assertThat(CanonicalRoute.sameRoutes(left, List.of(right.getFirst(), right.getFirst()))).isFalse();
    assertThat(CanonicalRoute.sameRoutes(left, parse("b: * -> <shunt>").file().routes())).isFalse();
  }
}
