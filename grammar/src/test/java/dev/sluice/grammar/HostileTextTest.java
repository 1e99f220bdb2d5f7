package dev.sluice.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The parser ends, in time and without an exception, whatever it is given; so does the renderer.
class HostileTextTest {
  private static final int SIZE = Integer.getInteger("hostile.size", 500_000);

  private static ParseResult parse(byte[] bytes) {
    return Assertions.assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
      var source = SourceText.of("hostile.gw", bytes);
      var result = RouteParser.parse(source);
      assertThat(new TerminalRenderer(false).render(result.diagnostics()).length()).isLessThan(200_000);
      RouteParser.predicates(source);
      RouteParser.filters(source);
      return result;
    });
  }

  private static byte[] repeat(String part) {
    byte[] unit = part.getBytes(StandardCharsets.ISO_8859_1);
    byte[] all = new byte[SIZE / unit.length * unit.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = unit[i % unit.length];
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "(", ")", "<", "a", "a ", "a:", "*", "&", "&&", "->", "=>", "-", "/", "/[", "[", "]", "\"", "`", "'", "\\", "\"\\", "#", "/*",
    "\0", "\u00FF", "\u00E2\u0080\u009C", "\u00C2", "f(", "f(1", "f(\"", "a:*->", "a:*->;", ",", ";a", "<a", "<\"", "<a,", "1", "1.", "-.",
    "!", "a-", "a.b(", "*(", "\"a\"", "/a/", "a\n", "/[\n", "\"\n\"", "'\n", "f(g(", "{", "~~", "r: * -> f(/[/, "
  })
  void aLongRunOfAnythingEnds(String part) {
    boolean valid = part.equals(";") || part.equals("/"); // a comment
    assertThat(parse(repeat(part)).ok()).isEqualTo(valid);
  }

  @Test
  void aVeryLongGoodLineIsRead() {
    String route = "a: Path(\"/x\") && Method(\"GET\") -> setPath(\"/y\") -> \"http://a.example\";";
    byte[] bytes = repeat(route);
    assertThat(parse(bytes).file().routes().size()).isEqualTo(bytes.length / route.length());
  }

  @Test
  void aVeryLongStringIsRead() {
    byte[] bytes = new byte[SIZE];
    Arrays.fill(bytes, (byte) 'x');
    byte[] head = "r: * -> f(\"".getBytes(StandardCharsets.ISO_8859_1);
    byte[] tail = "\") -> <shunt>".getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(head, 0, bytes, 0, head.length);
    System.arraycopy(tail, 0, bytes, bytes.length - tail.length, tail.length);
    assertThat(parse(bytes).ok()).isTrue();
  }

  @Test
  void theNumberOfErrorsIsBounded() {
    var diagnostics = parse("r: * => <shunt>;\n".repeat(100_000).getBytes(StandardCharsets.UTF_8)).diagnostics();
    assertThat(diagnostics).hasSize(101);
    assertThat(diagnostics.getLast().message()).isEqualTo("too many errors; the rest of the text was not checked");
    assertThat(diagnostics.getLast().code()).isEqualTo(SyntaxCode.TOO_MANY);
  }

  @Test
  void aLongChainIsNoDeepRecursion() {
    String chain = "*" + " && A()".repeat(100_000) + " -> f()".repeat(100_000) + " -> <" + "\"http://a\",".repeat(100_000) + "\"http://b\">";
    assertThat(RouteParser.parse(SourceText.of("chain", chain)).ok()).isTrue();
  }
}
