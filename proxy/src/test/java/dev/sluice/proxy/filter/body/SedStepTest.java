package dev.sluice.proxy.filter.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.proxy.filter.BodyDriver;
import dev.sluice.routes.args.Regex;
import dev.sluice.routes.spi.BodyProblem;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// sed gives the same text however the body comes.
class SedStepTest {
  private static Edit edit(String pattern, String replacement) {
    return Edit.of(Regex.of(pattern), replacement, null, Optional.empty(), Optional.empty());
  }

  private static void assertSed(String pattern, String replacement, String body, String expected) throws BodyProblem {
    for (long seed = 0; seed < 60; seed++) {
      assertThat(new BodyDriver(seed).through(new SedStep(edit(pattern, replacement)), body)).as("seed " + seed).isEqualTo(expected);
    }
  }

  @Test
  void replacesEveryMatch() throws BodyProblem {
    assertSed("f[o]+", "bar", "foo fooo fo f and food", "bar bar bar f and bard");
    assertSed("hello world", "bye", "say hello world twice: hello world.", "say bye twice: bye.");
    assertSed("needle", "pin", "hay needle hay ".repeat(500), "hay pin hay ".repeat(500));
    assertSed("a", "", "banana", "bnn");
    assertSed("\\d+", "<a much longer text>", "1 and 22", "<a much longer text> and <a much longer text>");
  }

  @Test
  void theReplacementIsLiteral() throws BodyProblem {
    assertSed("(\\w+)@x", "$1@*** \\1", "jane@x now", "$1@*** \\1 now");
  }

  @Test
  void anchorsHoldOnce() throws BodyProblem {
    assertSed("^ab", "X", "ababab", "Xabab");
    assertSed("ab$", "X", "ababab", "ababX");
    assertSed("\\bcat\\b", "dog", "cat concat cat", "dog concat dog");
    assertSed("a+", "X", "aaa".repeat(700) + "b" + "a", "XbX");
  }

  @Test
  void emptyMatchesAreSkipped() throws BodyProblem {
    assertSed("x*", "-", "axxbx", "a-b-");
    assertSed("x*", "-", "ünï", "ünï");
  }

  @Test
  void matchesDoNotCrossDelimiters() throws BodyProblem {
    Edit delimited = Edit.of(Regex.of("foo\nbar|^b|r$"), "X", "\n", Optional.empty(), Optional.empty());
    for (long seed = 0; seed < 60; seed++) {
      assertThat(new BodyDriver(seed).through(new SedStep(delimited), "1 foo\nbar 2\nb")).isEqualTo("1 foo\nXar 2\nX");
    }
  }

  @Test
  void atTheLimitTheBufferIsGivenUp() throws BodyProblem {
    Edit small = Edit.of(Regex.of("a+b"), "X", null, Optional.of(10), Optional.empty());
    String body = "a".repeat(5000) + "c";
    for (long seed = 0; seed < 30; seed++) {
      assertThat(new BodyDriver(seed).through(new SedStep(small), body)).isEqualTo(body);
    }
  }

  @Test
  void atTheLimitTheBodyIsBrokenOff() {
    Edit small = Edit.of(Regex.of("a+b"), "X", null, Optional.of(10), Optional.of(Handling.ABORT));
    assertThatThrownBy(() -> BodyDriver.run(new SedStep(small), "a".repeat(50_000)))
        .isInstanceOf(BodyProblem.class)
        .hasMessage("sed: no complete match within 10 bytes");
  }
}
