package dev.sluice.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Whatever is printed, in whatever form, reads back as the same routes. `-Droundtrip.routes=1000000` takes more of them,
/// `-Droundtrip.seed=N` others.
class RoundTripTest {
  private static final int ROUTES = Integer.getInteger("roundtrip.routes", 20_000);
  private static final long SEED = Long.getLong("roundtrip.seed", 20_261_121);
  private static final int AT_ONCE = 100;

  private static List<CanonicalRoute> canonical(List<RouteNode> routes) {
    return routes.stream().map(CanonicalRoute::of).toList();
  }

  private static List<RouteNode> read(String text) {
    var result = RouteParser.parse(SourceText.of("printed", RoutePrinter.toBytes(text)));
    assertThat(result.diagnostics()).isEmpty();
    return result.file().routes();
  }

  @Test
  void everyFormReadsBackAsTheSameRoutes() {
    for (int i = 0; i < ROUTES / AT_ONCE; i++) {
      long seed = SEED + i;
      var routes = new RandomRoutes(seed, i % 2 == 0).routes(AT_ONCE);
      var expected = canonical(routes);
      for (var style : List.of(PrintStyle.PLAIN, PrintStyle.PRETTY, new PrintStyle(true, "\t"))) {
        String printed = RoutePrinter.print(routes, style);
        var again = read(printed);
        assertThat(canonical(again)).as("seed %d, %s", seed, style).isEqualTo(expected);
        assertThat(RoutePrinter.print(again, style)).as("seed %d, printed twice", seed).isEqualTo(printed);
      }
      String formatted = RouteFormatter.format(SourceText.of("f", RoutePrinter.toBytes(RoutePrinter.print(routes, PrintStyle.PLAIN)))).text();
      assertThat(canonical(read(formatted))).as("seed %d, formatted", seed).isEqualTo(expected);
      if (i % 2 == 1) {
        readsBackFromJson(routes, expected, seed);
      }
    }
  }

  private static void readsBackFromJson(List<RouteNode> routes, List<CanonicalRoute> expected, long seed) {
    for (boolean html : List.of(false, true)) {
      var json = JsonReader.parse(SourceText.of("json", JsonPrinter.print(routes, html)));
      assertThat(json.diagnostics()).isEmpty();
      assertThat(canonical(json.file().routes())).as("seed %d, json", seed).isEqualTo(expected);
    }
  }
}
