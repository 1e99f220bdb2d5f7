package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Patterns of the recordings are read as the recordings mean them.
class TextsTest {

  @TestFactory
  Stream<DynamicTest> everyPatternOfTheCasesCompiles() throws IOException {
    return ModuleFiles.cases().stream().flatMap(one -> patterns(one.recorded()).distinct()
        .map(pattern -> DynamicTest.dynamicTest(one.id() + " " + pattern, () -> assertThat(Texts.whole(pattern)).isNotNull())));
  }

  private static Stream<String> patterns(Members recorded) {
    Stream<Members> matches = Stream.concat(Stream.of(recorded), recorded.objects("steps").stream()).map(part -> part.object("match"));
    Stream<String> saved = recorded.objects("steps").stream().flatMap(step -> step.object("save").map().values().stream())
        .map(source -> Members.texts(source).get(1));
    return Stream.of(matches.flatMap(match -> match.map().values().stream().map(String.class::cast)), saved,
        recorded.texts("says").stream(), recorded.texts("says_not").stream()).flatMap(some -> some);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(?P<name>x)", "(?<name>x)", "[a&&b]", "[a[b]", "x\\Z", "\\Qx\\E", "\\h", "\\R", "\\p{L}"})
  void patternsThatPythonReadsDifferentlyAreRefused(String pattern) {
    assertThatThrownBy(() -> Texts.whole(pattern)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(?<=x)y", "(?<!x)y", "[.]\\[[a]", "\\{\"a\\[0\\]\"\\}", "[\\[\\]]", "a\\\\b"})
  void othersAreNot(String pattern) {
    assertThat(Texts.whole(pattern).pattern()).isEqualTo(pattern);
  }

  @Test
  void pointsMatchLineEndsInValuesOnly() {
    assertThat(Texts.whole("a.b").matcher("a\nb").matches()).isTrue();
    assertThat(Texts.printed("a.b").matcher("a\nb").find()).isFalse();
    assertThat(Texts.printed("a.b").matcher("a\rb").find()).isTrue();
    assertThat(Texts.printed("\\w\\s\\w").matcher("é\u00a0ß").find()).isTrue();
  }
}
