package dev.sluice.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrintingTest {
  private static List<RouteNode> routes(String text) {
    ParseResult result = RouteParser.parse(SourceText.of("test", text));
    assertThat(result.diagnostics()).isEmpty();
    return result.file().routes();
  }

  private static String print(String text) {
    return RoutePrinter.print(routes(text), PrintStyle.PLAIN);
  }

  @Test
  void predicatesComeInTheOrderOfTheLanguage() {
    assertThat(print("""
        r: Weight(10) && HeaderRegexp("A", /b/) && Header("C", "d") && Method("PUT") && * && PathRegexp(/e/)
          && Host(/f/) && Any() && Path("/g") -> <shunt>"""))
        .isEqualTo("""
            r: Path("/g") && Host(/f/) && PathRegexp(/e/) && Method("PUT") && Header("C", "d") \
            && HeaderRegexp("A", /b/) && Weight(10) -> <shunt>;""");
  }

  @Test
  void prettyPrintingBreaksBeforeEachArrow() {
    assertThat(RoutePrinter.print(routes("a: * -> f(1) -> <shunt>; b: * -> \"x\""), new PrintStyle(true, "\t")))
        .isEqualTo("a: *\n\t-> f(1)\n\t-> <shunt>;\n\nb: *\n\t-> \"x\";");
  }

  @Test
  void anExpressionWithoutIdTakesNoSemicolon() {
    assertThat(print("* -> <shunt>")).isEqualTo("* -> <shunt>");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "Host(/a[.]b\\/c\\d/) | Host(/a[.]b\\/c\\\\d/)",
    "Host(\"\")           | Host(\"\")",
    "Host(/\\[/)          | Host(\"\\\\[\")",
    "Host(/\\[x\\]\\/y/)  | Host(/\\\\[x\\\\]\\/y/)",
    "Host(\"a\\bb\")      | Host(/a\\x08b/)",
    "Host(\"a\\nb\")      | Host(/a\\nb/)",
    "Cookie(\"a\", /^b$/) | Cookie(\"a\", \"^b$\")",
    "PathRegexp(`a\"b`)   | PathRegexp(/a\"b/)",
  })
  void regularExpressionsReadBackAsTheyWerePrinted(String written, String printed) {
    String expected = printed + " -> <shunt>";
    assertThat(print(written + " -> <shunt>")).isEqualTo(expected);
    assertThat(CanonicalRoute.of(routes(expected).getFirst()).predicates().getFirst().name()).isNotEmpty();
  }

  @Test
  void aControlCharacterBehindABackslashIsPrintedInQuotes() {
    assertThat(print("Host(/a\\\nb/) -> <shunt>")).isEqualTo("Host(\"a\\\\\\nb\") -> <shunt>");
  }

  @ParameterizedTest
  @CsvSource({
    "007, 7", "-0, -0", "0.0, 0", ".50, 0.5", "1.2500, 1.25", "1234567.5, 1234567.5", "0.00001, 0.00001",
    "99999999999999999999999, 99999999999999991611392", "100000000000000000000, 100000000000000000000", "-.25, -0.25"
  })
  void numbersArePrintedInFull(String written, String printed) {
    assertThat(print("* -> f(" + written + ") -> <shunt>")).isEqualTo("* -> f(" + printed + ") -> <shunt>");
  }

  @Test
  void theSmallestNumberIsPrintedInFull() {
    String smallest = new BigDecimal("4.9E-324").toPlainString();
    assertThat(print("* -> f(" + smallest + ") -> <shunt>")).endsWith("005) -> <shunt>").hasSize(8 + 326 + 11);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "<forward>                               | <forward>",
    "\"a\\\"b\\\\\"                          | \"a\\\"b\\\\\"",
    "<\"http://a?zone=z\">                   | <\"http://a?zone=z\">",
    "<\"HTTP://a/p?b=%20&zone=x&a=1&zone=y\"> | <\"http://a/p?a=1&b=+&zone=x\">",
    "<\"http://a?zone=\">                    | <\"http://a?zone=\">",
    "<`http://a?zone=%C3%A4*~`>              | <\"http://a?zone=%C3%A4%2A~\">",
    "<random,\"http://a?b\">                 | <random, \"http://a?b\">",
  })
  void backendsArePrintedSoThatTheyReadBack(String written, String printed) {
    assertThat(print("* -> " + written)).isEqualTo("* -> " + printed);
    assertThat(print("* -> " + printed)).isEqualTo("* -> " + printed);
  }

  @Test
  void bytesThatAreNotUtf8AreKept() {
    byte[] bytes = "* -> f(\"a?b\", /?/) -> \"?\"".getBytes(StandardCharsets.ISO_8859_1);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == '?' ? (byte) 0xFE : bytes[i];
    }
    var routes = RouteParser.parse(SourceText.of("test", bytes)).file().routes();
    String printed = RoutePrinter.print(routes, PrintStyle.PLAIN);
    assertThat(RoutePrinter.toBytes(printed))
        .isEqualTo(new String(bytes, StandardCharsets.ISO_8859_1).replace('/', '"')
            .getBytes(StandardCharsets.ISO_8859_1));
    assertThat(JsonPrinter.print(routes, false)).contains("\"args\":[\"a\\ufffdb\",\"\\ufffd\"]");
  }

  @Test
  void aSingleCallIsPrintedWithDoubleQuotes() {
    var route = routes("Host(/^a[.]b$/) -> f(`x`, 1) -> <shunt>").getFirst();
    assertThat(RoutePrinter.call(route.predicates().getFirst())).isEqualTo("Host(\"^a[.]b$\")");
    assertThat(RoutePrinter.call(route.filters().getFirst())).isEqualTo("f(\"x\", 1)");
  }
}
