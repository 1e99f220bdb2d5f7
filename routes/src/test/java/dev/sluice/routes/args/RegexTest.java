package dev.sluice.routes.args;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.routes.spi.ArgumentProblem;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Regular expressions mean what Go makes of them.
class RegexTest {
  @Test
  void aVeryLongExpressionIsRefused() {
    String most = "[ab]".repeat(25_000);
    assertThat(Regex.of(most).find("a".repeat(25_000))).isTrue();
    assertThatThrownBy(() -> Regex.of(most + "c"))
        .isInstanceOf(ArgumentProblem.class).hasMessage("is a regular expression of more than 100,000 characters");
    assertThat(Regex.of("^" + "a".repeat(200_000)).find("b")).as("literal text is no work").isFalse();
  }

  @Test
  void literalsNeedNoEngine() {
    assertThat(Regex.of("^(api[.]example[.]org[.]?(:[0-9]+)?|www[.]example[.]org[.]?(:[0-9]+)?)$").literals())
        .isEqualTo(new LiteralShape(Set.of("api.example.org", "www.example.org"), true, true, true, true));
    assertThat(Regex.of("^/api").literals()).isEqualTo(new LiteralShape(Set.of("/api"), true, false, false, false));
    assertThat(Regex.of("\\.jpg$").literals()).isEqualTo(new LiteralShape(Set.of(".jpg"), false, true, false, false));
    assertThat(Regex.of("foo").literals()).isEqualTo(new LiteralShape(Set.of("foo"), false, false, false, false));
    for (String other : List.of("a|b", "(a|b)c", "a.b", "(?i)a", "^a$|b", "[ab]", "a\\d", "^(a|(b|c))$", "a$b", "^", "(a)?")) {
      LiteralShape shape = Regex.of(other).literals();
      assertThat(shape == null || other.equals("^")).as(other).isTrue();
    }
  }

  /// The fast path and the engine agree, for patterns and texts made at random.
  @Test
  void theFastPathAgreesWithTheEngine() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    String[] pieces = {"a", "b", "[.]", "\\.", "-", "(a|b)", "(?:a|b.)", "[.]?", "(:[0-9]+)?", "^", "$", "|", ":1", "."};
    String[] texts = {"a", "b", ".", "-", ":1", "", "12", ":"};
    for (int i = 0; i < 20_000; i++) {
      String pattern = join(random, pieces, 5);
      Regex regex;
      try {
        regex = Regex.of(pattern);
      } catch (ArgumentProblem problem) {
        continue;
      }
      for (int j = 0; j < 5; j++) {
        String text = join(random, texts, 4);
        assertThat(regex.find(text)).as("seed " + seed + ": " + pattern + " in " + text)
            .isEqualTo(regex.compiled().matcher(text).find());
      }
    }
  }

  private static String join(Random random, String[] pieces, int most) {
    var text = new StringBuilder();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }
    return text.toString();
  }

  @Test
  void replacementsExpandGroups() {
    assertThat(Regex.of("/v(\\d)/").replaceAll("/v1/a/v2/b", "/version-$1/")).isEqualTo("/version-1/a/version-2/b");
    assertThat(Regex.of("(b)").replaceAll("abc", "[$1x]")).isEqualTo("a[]c");
    assertThat(Regex.of("(b)").replaceAll("abc", "[${1}x]")).isEqualTo("a[bx]c");
    assertThat(Regex.of("(b)").replaceAll("abc", "[$$1]")).isEqualTo("a[$1]c");
    assertThat(Regex.of("(?P<letter>b)").replaceAll("abc", "[$letter] ${other-name} $")).isEqualTo("a[b] ${other-name} $c");
    assertThat(Regex.of("x*").replaceAll("axxb", "-")).isEqualTo("-a-b-");
    assertThat(Regex.of("^").replaceAll("/a", "/x")).isEqualTo("/x/a");
    assertThat(Regex.of("a$").find("a\n")).isFalse();
  }

  @Test
  void whatOnlyJavaKnowsIsRefused() {
    for (String pattern : List.of("(?=a)", "a++", "(?>a)", "\\1", "\\u0041", "a{1001}", "(a{100}){100}", "(?:a{1000}){1000}", "\\é", "\\Z",
        "[a", "a)", "(", "*a", "(".repeat(1001) + ")".repeat(1001), "(?x)a")) {
      assertThatThrownBy(() -> Regex.of(pattern)).as(pattern).isInstanceOf(ArgumentProblem.class).hasMessageStartingWith("is no regular expression");
    }
    assertThatThrownBy(() -> Regex.of("a)")).hasMessage("is no regular expression: unexpected )");
    assertThat(Regex.of("[a-z&&[b]]").find("&]")).as("no intersection").isTrue();
    assertThat(Regex.of("(a{100}){10}").find("a".repeat(1000))).isTrue();
    assertThat(Regex.of("[[:alpha:]/]{3}").find("a/b")).isTrue();
  }
}
