package dev.sluice.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// Good texts with bytes changed, cut, doubled and exchanged, and plain noise: the parser never throws, every error has a place
/// in the text,
/// and what is accepted prints, reads back and can be laid out. `-Dfuzz.texts=N` and `-Dfuzz.seed=N` for more and others.
class FuzzTest {
  private static final int TEXTS = Integer.getInteger("fuzz.texts", 10_000);
  private static final long SEED = Long.getLong("fuzz.seed", 20_261_121);
  private static final byte[] TASTY = "\"`'/\\()<>[],;:&*-=>|#! \n\0.0aé→“".getBytes(StandardCharsets.UTF_8);

  @Test
  void nothingBreaksTheParser() {
    int accepted = 0;
    for (int i = 0; i < TEXTS; i++) {
      long seed = SEED + i;
      byte[] text = text(seed);
      try {
        accepted += check(text) ? 1 : 0;
      } catch (Throwable broken) {
        throw new AssertionError("seed " + seed + ", " + Arrays.toString(text) + ": " + broken, broken);
      }
    }
    System.out.printf("FuzzTest: %d texts from seed %d, %d accepted%n", TEXTS, SEED, accepted);
    assertThat(accepted).isBetween(TEXTS / 100, TEXTS);
  }

  private static byte[] text(long seed) {
    var random = new SplittableRandom(seed);
    if (random.nextInt(10) == 0) {
      byte[] noise = new byte[random.nextInt(60)];
      for (int i = 0; i < noise.length; i++) {
        noise[i] = random.nextInt(3) == 0 ? (byte) random.nextInt(256) : TASTY[random.nextInt(TASTY.length)];
      }
      return noise;
    }
    var style = random.nextBoolean() ? PrintStyle.PLAIN : PrintStyle.PRETTY;
    byte[] text = RoutePrinter.toBytes(RoutePrinter.print(new RandomRoutes(seed, false).routes(1 + random.nextInt(3)), style));
    for (int i = random.nextInt(4); i >= 0; i--) {
      text = mutate(text, random);
    }
    return text;
  }

  private static byte[] mutate(byte[] text, SplittableRandom random) {
    int at = random.nextInt(text.length + 1);
    int to = Math.min(text.length, at + 1 + random.nextInt(random.nextInt(4) == 0 ? 40 : 2));
    byte[] tail = Arrays.copyOfRange(text, at, text.length);
    byte[] result = switch (random.nextInt(4)) {
      case 0 -> join(Arrays.copyOf(text, at), Arrays.copyOfRange(text, to, Math.max(to, text.length)));
      case 1 -> join(Arrays.copyOf(text, to), tail);
      default -> join(join(Arrays.copyOf(text, at), new byte[] {TASTY[random.nextInt(TASTY.length)]}), tail);
    };
    return result;
  }

  private static byte[] join(byte[] left, byte[] right) {
    byte[] both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }

  /// Returns whether the text is accepted as a document.
  private static boolean check(byte[] text) {
    var source = SourceText.of("fuzz", text);
    RouteParser.predicates(source);
    RouteParser.filters(source);
    JsonReader.parse(source);
    var result = RouteParser.parse(source);
    for (var diagnostic : result.diagnostics()) {
      assertThat(diagnostic.span().end()).isLessThanOrEqualTo(text.length);
      if (diagnostic.edit() != null) {
        assertThat(diagnostic.edit().span().end()).isLessThanOrEqualTo(text.length);
      }
    }
    new TerminalRenderer(true).render(result.diagnostics());
    if (!result.ok()) {
      assertThat(result.file().routes()).isEmpty();
      return false;
    }
    var formatted = RouteFormatter.format(source).text();
    assertThat(RouteFormatter.format(SourceText.of("again", RoutePrinter.toBytes(formatted))).text()).isEqualTo(formatted);
    var printed = RoutePrinter.print(result.file().routes(), PrintStyle.PLAIN);
    var again = RouteParser.parse(SourceText.of("printed", RoutePrinter.toBytes(printed)));
    assertThat(again.diagnostics()).isEmpty();
    assertThat(again.file().routes()).hasSameSizeAs(result.file().routes());
    return true;
  }
}
