package dev.sluice.routes.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.grammar.ParseResult;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A text that changed gives the same routes as one that is read for the first time.
class TextRoutesTest {
  private static final int CHANGES = 20_000;
  private static final String[] PIECES = {
    ";", ";;\n", "// a; comment\n", "\"", "`", "//", ">", "->", "b: * -> <shunt>", "c: Path(\"/c;d\") -> \"http://c.test\";", ":", " ", "\n", "/", "é", "\u0085",
    "a", "x_1: Path(/a\\/;b/) -> f(1) -> <\"http://a.test\", \"http://b.test\">;", "(", ")", "&&", "*"
  };

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void aChangedTextIsReadLikeANewOne() {
    var text = new StringBuilder();
    TextRoutes before = null;
    int taken = 0;
    int good = 0;
    for (int i = 0; i < CHANGES; i++) {
      String last = text.toString();
      change(text);
      var source = SourceText.of("t", text.toString());
      List<TextRoute> known = before == null ? List.of() : List.copyOf(before.routes());
      ParseResult expected = RouteParser.parse(source);
      TextRoutes.Reading found = TextRoutes.read(source, before, route -> {});
      assertThat(found.routes() != null).as("seed %d: %s", seed, text).isEqualTo(expected.ok());
      if (found.routes() == null) {
        text = new StringBuilder(last);
        continue;
      }
      good++;
      before = found.routes();
      assertThat(before.routes()).as("seed %d: from %s to %s", seed, last, text).extracting(TextRoute::node).isEqualTo(expected.file().routes());
      assertThat(before.routes()).allMatch(route -> route.source() == source);
      taken += (int) before.routes().stream().filter(known::contains).count();
    }
    assertThat(good).isGreaterThan(CHANGES / 10);
    assertThat(taken).as("routes that were not read again").isGreaterThan(good);
  }

  private void change(StringBuilder text) {
    int at = random.nextInt(text.length() + 1);
    switch (random.nextInt(text.length() > 600 ? 3 : 6)) {
      case 0 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(text.length() > 600 ? 200 : 3)));
      case 1 -> text.insert(at, PIECES[random.nextInt(PIECES.length)]);
      case 2 -> {
        int semicolon = text.indexOf(";", at);
        text.insert(semicolon < 0 ? 0 : semicolon + 1, PIECES[random.nextInt(PIECES.length)]);
      }
      default -> {
        int end = text.lastIndexOf(";") + 1;
        text.insert(random.nextBoolean() ? 0 : end, "r" + random.nextInt(20) + ": Path(\"/" + at + "\") && Host(/^a[;]$/) -> f(\"x\\\"y\", 1.5) -> <shunt>;\n");
      }
    }
  }

  @Test
  void onlyWhatChangedIsReadAgain() {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 1000; i++) {
      lines.add("r" + i + ": Path(\"/" + i + "\") -> <shunt>;\n");
    }
    TextRoutes first = read(lines, null);
    List<TextRoute> old = List.copyOf(first.routes());
    lines.set(500, "r500: Path(\"/other\") -> <shunt>;\n");
    lines.add(200, "// one more\nnew: * -> <shunt>;\n");
    lines.remove(900);
    TextRoutes second = read(lines, first);
    assertThat(second.routes()).hasSize(1000);
    assertThat(second.routes().stream().filter(each -> !old.contains(each)).map(TextRoute::id)).containsExactly("new", "r500", "r900");
    assertThat(second.routes().get(950).node().span().start()).isEqualTo(String.join("", lines).indexOf("r950:"));
  }

  private static TextRoutes read(List<String> lines, TextRoutes before) {
    var text = SourceText.of("t", String.join("", lines).getBytes(StandardCharsets.UTF_8));
    TextRoutes.Reading reading = TextRoutes.read(text, before, route -> {});
    assertThat(reading.findings()).isEmpty();
    return reading.routes();
  }
}
