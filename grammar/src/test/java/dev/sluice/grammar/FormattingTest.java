package dev.sluice.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FormattingTest {
  private static String format(String text) {
    var result = RouteFormatter.format(SourceText.of("test", text));
    assertThat(result.diagnostics()).isEmpty();
    assertThat(RouteFormatter.format(SourceText.of("again", result.text())).text()).isEqualTo(result.text());
    return result.text();
  }

  @Test
  void commentsStayWithWhatTheyCommentOn() {
    assertThat(format("""
        // head


        // above a
        a // between
        : Path("/a")->"http://a" ; // behind a


        ;; // behind semicolons
        b:Path("/b")// why b
         && Method("GET")
         // above host
         && Host(/x/) // host
         -> // arrow
         f(1.50,`raw "x"`) // f
         // above g
         -> g(1, // one
           // above two
           2 // two
           // last
         )
         // before backend
         -> <random, "http://a"> // backend
         // before semicolon
         ; c: * -> <shunt>
        // the end
        """)).isEqualTo("""
        // head

        // above a
        // between
        a: Path("/a") -> "http://a"; // behind a
        // behind semicolons
        b: Path("/b") // why b
          && Method("GET")
          // above host
          && Host(/x/) // host
          // arrow
          -> f(1.5, `raw "x"`) // f
          // above g
          -> g(
            1, // one
            // above two
            2 // two
            // last
          )
          // before backend
          -> <random, "http://a">; // backend
        // before semicolon
        c: * -> <shunt>;
        // the end
        """);
  }

  @Test
  void emptyLinesBetweenRoutesStayOne() {
    assertThat(format("\n\na: * -> <shunt>;\n\n\n\nb: * -> <shunt>;\nc: * -> <shunt>\n\n")).isEqualTo(
        "a: * -> <shunt>;\n\nb: * -> <shunt>;\nc: * -> <shunt>;\n");
  }

  @Test
  void longPredicatesAndEndpointsAreBroken() {
    String path = "/" + "x".repeat(60);
    assertThat(format("a: Path(\"" + path + "\") && Header(\"X-Something\", \"value\") && Method(\"GET\") -> <\"http://" + "a".repeat(50) + "\", \"http://"
        + "b".repeat(50) + "\">")).isEqualTo(
        "a: Path(\"" + path + "\")\n  && Header(\"X-Something\", \"value\")\n  && Method(\"GET\")\n  -> <\n    \"http://" + "a".repeat(50) + "\",\n    \"http://"
            + "b".repeat(50) + "\"\n  >;\n");
  }

  @Test
  void anExpressionWithoutIdHasNoSemicolon() {
    assertThat(format("Path(/\\/a/)->f( )-> <shunt> // c")).isEqualTo("Path(/\\/a/)\n  -> f()\n  -> <shunt> // c\n");
    assertThat(format("")).isEmpty();
    assertThat(format("// only\n")).isEqualTo("// only\n");
  }

  @Test
  void aBrokenTextIsNotTouched() {
    var result = RouteFormatter.format(SourceText.of("test", "a: * => <shunt>"));
    assertThat(result.ok()).isFalse();
    assertThat(result.text()).isEmpty();
  }
}
