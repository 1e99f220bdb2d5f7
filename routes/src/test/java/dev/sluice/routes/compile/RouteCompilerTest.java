package dev.sluice.routes.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.TestServices;
import dev.sluice.routes.declare.Arg;
import dev.sluice.routes.declare.Catalog;
import dev.sluice.routes.declare.Declaration;
import dev.sluice.routes.model.RouteDefinition;
import dev.sluice.routes.predicate.BuiltinPredicates;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.FilterSpec;
import dev.sluice.routes.spi.InstanceKey;
import dev.sluice.routes.spi.RouteProblem;
import dev.sluice.routes.spi.RunningBackend;
import dev.sluice.routes.spi.Services;
import dev.sluice.routes.spi.Site;
import dev.sluice.routes.table.CurrentTable;
import dev.sluice.routes.table.IndexedTable;
import dev.sluice.routes.table.Route;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class RouteCompilerTest {
  static final Catalog CATALOG = Catalog.of(List.of(Stateful.class, Off.class), BuiltinPredicates.ALL, List.of());

  private static final List<String> CLOSED = new CopyOnWriteArrayList<>();

  @Declaration(name = "stateful", summary = "Holds something")
  public record Stateful(@Arg("What it holds") String what) implements FilterSpec {
    @Override
    public Filter create(Services services, Site site) throws RouteProblem {
      if (what.equals("broken")) {
        throw new RouteProblem("nothing there");
      }
      return new Holding(site.routeId() + "/" + what + "/" + site.nth());
    }
  }

  @Declaration(name = "off", summary = "Does nothing")
  public record Off() implements FilterSpec {
    @Override
    public Filter create(Services services, Site site) {
      return new Filter() {};
    }
  }

  private record Holding(String what) implements Filter {
    @Override
    public void close() {
      CLOSED.add(what);
    }
  }

  private final RouteCompiler compiler = new RouteCompiler(new TestServices(), route -> new RunningBackend() {}, false);
  private final CurrentTable current = new CurrentTable(IndexedTable.empty());

  private static List<RouteDefinition> definitions(String text) {
    var built = RouteBuilder.build(RouteParser.parse(SourceText.of("t", text)).file(), CATALOG, RouteBuilder.Options.NONE);
    assertThat(built.problems()).isEmpty();
    return built.routes();
  }

  private IndexedTable load(String text) {
    var compiled = compiler.compile(definitions(text), (IndexedTable) current.get());
    var before = (IndexedTable) current.set(compiled.table());
    compiler.switched(before, compiled.table());
    return compiled.table();
  }

  private static Route route(IndexedTable table, String id) {
    return table.routes().stream().filter(route -> route.id().equals(id)).findFirst().orElseThrow();
  }

  @Test
  void keepsWhatDidNotChange() {
    var first = load("a: Path(\"/a\") -> stateful(\"x\") -> stateful(\"x\") -> stateful(\"y\") -> \"http://a\"; b: * -> stateful(\"x\") -> <shunt>;");
    var second = load("// moved\nb: * -> stateful(\"z\") -> <shunt>;\na: Path(\"/a2\") -> stateful(\"y\") -> stateful(\"x\") -> stateful(\"x\") -> \"http://a\";");
    Filter[] before = route(first, "a").filters();
    assertThat(route(second, "a").filters()).containsExactly(before[2], before[0], before[1]);
    assertThat(route(second, "a").backend()).isSameAs(route(first, "a").backend());
    assertThat(route(second, "b").filters()[0]).isNotSameAs(route(first, "b").filters()[0]);
    assertThat(second.version()).isEqualTo(2);
    assertThat(second.running(new InstanceKey(new Site("a", "stateful", 1), new Stateful("x")))).isSameAs(before[1]);
    assertThat(second.running(new InstanceKey(new Site("a", "stateful", 2), new Stateful("x")))).isNull();
  }

  @Test
  void compilesNothingTwice() {
    String text = "a: Path(\"/a\") -> stateful(\"x\") -> \"http://a\"; b: * -> <shunt>;";
    var first = load(text);
    var definitions = definitions("// a remark\n" + text);
    var compiled = compiler.compile(definitions, first);
    assertThat(compiled.changed()).isZero();
    assertThat(route(compiled.table(), "a").filters()).isSameAs(route(first, "a").filters());
    assertThat(route(compiled.table(), "a").definition()).isEqualTo(definitions.getFirst());
    assertThat(route(compiled.table(), "a").definition().node()).isSameAs(definitions.getFirst().node());
  }

  @Test
  void closesWhatWasDroppedAfterTheLastExchangeOfTheLastTableThatHeldIt() {
    CLOSED.clear();
    load("a: * -> stateful(\"x\") -> <shunt>;");
    var long1 = current.enter();
    load("a: * -> stateful(\"x\") -> stateful(\"y\") -> <shunt>;");
    var long2 = current.enter();
    load("a: * -> stateful(\"z\") -> <shunt>;");
    load("b: * -> <shunt>;");
    await().untilAsserted(() -> assertThat(CLOSED).containsExactly("a/z/0"));
    long2.end();
    await().untilAsserted(() -> assertThat(CLOSED).containsExactly("a/z/0", "a/y/0"));
    long1.end();
    await().untilAsserted(() -> assertThat(CLOSED).containsExactly("a/z/0", "a/y/0", "a/x/0"));
  }

  @Test
  void dropsARouteThatCannotRunAndClosesItsOtherFilters() {
    CLOSED.clear();
    var compiled = compiler.compile(
        definitions("a: * -> stateful(\"new\") -> stateful(\"broken\") -> <shunt>; b: * -> <shunt>;"), (IndexedTable) current.get());
    assertThat(compiled.table().routes()).extracting(Route::id).containsExactly("b");
    assertThat(compiled.problems()).singleElement().satisfies(problem -> {
      assertThat(problem.message()).isEqualTo("stateful: nothing there");
      assertThat(problem.routeId()).isEqualTo("a");
    });
    assertThat(CLOSED).containsExactly("a/new/0");
  }

  @Test
  void closesATableThatWasNeverUsedButForWhatItShares() {
    CLOSED.clear();
    var first = load("a: * -> stateful(\"x\") -> <shunt>;");
    var unused = compiler.compile(definitions("a: * -> stateful(\"x\") -> stateful(\"y\") -> <shunt>;"), first).table();
    compiler.discard(unused, first);
    assertThat(CLOSED).containsExactly("a/y/0");
  }
}
