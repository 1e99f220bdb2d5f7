package dev.sluice.grammar;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Whatever is printed, in whatever form, reads back as the same routes. By default 200,000 routes in five forms: a million round trips.
/// `-Droundtrip.routes=N` takes more of them, `-Droundtrip.seed=N` others.
class RoundTripTest {
  private static final int ROUTES = Integer.getInteger("roundtrip.routes", 200_000);
  private static final long SEED = Long.getLong("roundtrip.seed", 20_261_121);
  private static final int AT_ONCE = 100;
  private static final List<PrintStyle> STYLES = List.of(PrintStyle.PLAIN, PrintStyle.PRETTY, new PrintStyle(true, "\t"));

  @Test
  void everyFormReadsBackAsTheSameRoutes() {
    long begin = System.nanoTime();
    int trips = IntStream.range(0, Math.ceilDiv(ROUTES, AT_ONCE)).parallel().map(i -> roundTrips(SEED + i, i % 2 == 0)).sum();
    System.out.printf("RoundTripTest: %d round trips from seed %d in %.1f s%n", trips, SEED, (System.nanoTime() - begin) / 1e9);
    assertThat(trips).isGreaterThanOrEqualTo(ROUTES * 4);
  }

  /// Returns how many routes were printed and read back.
  private static int roundTrips(long seed, boolean anyBytes) {
    var routes = new RandomRoutes(seed, anyBytes).routes(AT_ONCE);
    var expected = canonical(routes);
    int forms = 0;
    for (var style : STYLES) {
      String printed = RoutePrinter.print(routes, style);
      var again = read(printed);
      assertThat(canonical(again)).as("seed %d, %s", seed, style).isEqualTo(expected);
      assertThat(RoutePrinter.print(again, style)).as("seed %d, printed twice", seed).isEqualTo(printed);
      forms++;
    }
    String plain = RoutePrinter.print(routes, PrintStyle.PLAIN);
    String formatted = RouteFormatter.format(SourceText.of("f", RoutePrinter.toBytes(plain))).text();
    assertThat(canonical(read(formatted))).as("seed %d, formatted", seed).isEqualTo(expected);
    forms++;
    // JSON holds only valid text.
    for (boolean html : anyBytes ? List.<Boolean>of() : List.of(false, true)) {
      var json = JsonReader.parse(SourceText.of("json", JsonPrinter.print(routes, html)));
      assertThat(json.diagnostics()).isEmpty();
      assertThat(canonical(json.file().routes())).as("seed %d, json", seed).isEqualTo(expected);
      forms++;
    }
    return forms * AT_ONCE;
  }

  private static List<CanonicalRoute> canonical(List<RouteNode> routes) {
    return routes.stream().map(CanonicalRoute::of).toList();
  }

  private static List<RouteNode> read(String text) {
    var result = RouteParser.parse(SourceText.of("printed", RoutePrinter.toBytes(text)));
    assertThat(result.diagnostics()).isEmpty();
    return result.file().routes();
  }
}
