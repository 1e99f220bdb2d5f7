package dev.sluice.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonFormTest {
  private static List<RouteNode> routes(String text) {
    return RouteParser.parse(SourceText.of("test", text)).file().routes();
  }

  @Test
  void membersAreOrderedAndEmptyOnesLeftOut() {
    assertThat(JsonPrinter.print(routes("r: Weight(5) && Cookie(\"c\", /v/) -> f() -> g(1, \"x\") -> <random, \"http://b?zone=z\", \"http://a\">;"), false))
        .isEqualTo("[{\"id\":\"r\",\"backend\":{\"type\":\"lb\",\"algorithm\":\"random\",\"endpoints\":[\"http://a\",\"http://b?zone=z\"]},"
            + "\"predicates\":[{\"name\":\"Cookie\",\"args\":[\"c\",\"v\"]},{\"name\":\"Weight\",\"args\":[5]}],"
            + "\"filters\":[{\"name\":\"f\"},{\"name\":\"g\",\"args\":[1,\"x\"]}]}]\n");
    assertThat(JsonPrinter.print(routes("* -> \"\""), false)).isEqualTo("[{}]\n");
    assertThat(JsonPrinter.print(List.of(), false)).isEqualTo("[]\n");
  }

  @Test
  void htmlIsEscapedOnlyForTheListing() {
    var routes = routes("* -> f(\"<a&b>\u2028\u0001\u007F\") -> <shunt>");
    assertThat(JsonPrinter.print(routes, false)).contains("\"<a&b>\\u2028\\u0001\u007F\"");
    assertThat(JsonPrinter.print(routes, true)).contains("\"\\u003ca\\u0026b\\u003e\\u2028\\u0001\u007F\"");
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1", "-0, -0", "0.001, 0.001", "0.0000001, 1e-7", "0.000001, 0.000001", "100000000000000000000, 100000000000000000000",
    "1000000000000000000000, 1e+21", "1500000000000000000000000, 1.5e+24", "99999999999999999999999, 1e+23", "12345678.25, 12345678.25"
  })
  void numbersHaveAnExponentWhereGoWritesOne(String written, String printed) {
    assertThat(JsonPrinter.print(routes("* -> f(" + written + ") -> <shunt>"), false)).contains("\"args\":[" + printed + "]");
  }

  @Test
  void oneObjectOrAnArrayIsRead() {
    String object = "{\"id\":\"r\",\"backend\":{\"address\":\"http://a\"},\"name\":[1,{}],\"predicates\":[{\"name\":\"Path\",\"args\":[\"/\"]}]}";
    for (String text : List.of(object, "[" + object + "]")) {
      var read = JsonReader.parse(SourceText.of("json", text));
      assertThat(RoutePrinter.print(read.file().routes(), PrintStyle.PLAIN)).isEqualTo("r: Path(\"/\") -> \"http://a\";");
    }
    assertThat(JsonReader.parse(SourceText.of("json", "[]")).file().routes()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '\0', value = {
    "[{\"backend\":{\"type\":\"x\"}}]                       | 1:24 unsupported backend type \"x\"",
    "[{\"backend\":{\"type\":\"lb\"}}]                      | 1:25 balanced backend without endpoints",
    "[{\"filters\":[{\"args\":[]}]}]                        | 1:24 filter without name",
    "[{\"filters\":[{\"name\":\"a b\"}]}]                   | 1:22 filter name \"a b\" holds other characters than letters, digits and \"_\"",
    "[{\"filters\":[{\"name\":\"a\",\"args\":[true]}]}]     | 1:34 an argument is a string or a number",
    "[{\"filters\":[{\"name\":\"a\",\"args\":[1e999]}]}]    | 1:34 number out of range",
    "[{\"id\":1}]                                           | 1:8 expected a route id",
    "[{},{}]                                                | 1:7 route without id beside other routes",
    "[{}                                                    | 1:4 malformed JSON",
    "nonsense                                               | 1:1 malformed JSON",
  })
  void whatCannotBeReadIsReported(String text, String message) {
    var source = SourceText.of("json", text);
    var result = JsonReader.parse(source);
    assertThat(result.file().routes()).isEmpty();
    assertThat(result.diagnostics()).extracting(d ->
        source.line(d.span().start()) + ":" + source.column(d.span().start()) + " " + d.message()).containsExactly(message);
  }
}
