package dev.sluice.routes.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.TestServices;
import dev.sluice.routes.TestTables;
import dev.sluice.routes.compile.PreProcessing;
import dev.sluice.routes.compile.RouteBuilder;
import dev.sluice.routes.compile.RouteCompiler;
import dev.sluice.routes.source.FeedState.Invalid;
import dev.sluice.routes.source.FeedState.Status;
import dev.sluice.routes.spi.DataClient;
import dev.sluice.routes.spi.RunningBackend;
import dev.sluice.routes.spi.Snapshot;
import dev.sluice.routes.spi.StoredRoute;
import dev.sluice.routes.table.CurrentTable;
import dev.sluice.routes.table.IndexedTable;
import dev.sluice.routes.table.Route;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class RouteFeedTest {
  private static final Duration SOON = Duration.ofSeconds(10);

  /// So long that what these tests see comes from file events.
  private static final Duration POLL = Duration.ofSeconds(2);

  @TempDir
  Path folder;

  private final CurrentTable current = new CurrentTable(IndexedTable.empty());
  private RouteFeed feed;

  @AfterEach
  void stop() {
    if (feed != null) {
      feed.close();
    }
  }

  private void start(boolean strict, PreProcessing preProcessing, DataClient... clients) throws InterruptedException {
    var settings = new RouteFeed.Settings(
        List.of(clients), TestTables.CATALOG, preProcessing, RouteBuilder.Options.NONE, strict, true, LoggerFactory.getLogger(RouteFeedTest.class));
    feed = new RouteFeed(settings, new RouteCompiler(new TestServices(), route -> new RunningBackend() {}, false), current);
    feed.start();
    assertThat(feed.awaitFirstLoad(SOON)).isTrue();
  }

  private void start(DataClient... clients) throws InterruptedException {
    start(false, PreProcessing.NONE, clients);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private String get(String target) {
    return TestTables.get((IndexedTable) current.get(), target);
  }

  private void awaitGet(String target, String id) {
    await().atMost(SOON).pollInterval(Duration.ofMillis(10)).untilAsserted(() -> assertThat(get(target)).isEqualTo(id));
  }

  @Test
  void followsAFile() throws Exception {
    Path file = file("r.gw", "a: Path(\"/a\") -> <shunt>;");
    start(new FileDataClient(file, POLL));
    assertThat(get("/a")).isEqualTo("a");
    file("r.gw", "a: Path(\"/a\") -> <shunt>; b: Path(\"/b\") -> <shunt>;");
    awaitGet("/b", "b");
    file("r.gw", "b: Path(\"/b\") -> <shunt>;");
    awaitGet("/a", "-");
    await().untilAsserted(() -> assertThat(feed.state().table().version()).isEqualTo(3));
    assertThat(feed.state().sources()).singleElement().satisfies(source -> {
      assertThat(source).isEqualTo(new FeedState.Source("file " + file, file.toString(), Status.READ, 1, List.of(), source.history()));
      assertThat(source.history().updates()).isEqualTo(3);
      assertThat(source.history().failures()).isZero();
      assertThat(source.history().updated()).isAfter(Instant.EPOCH);
    });
  }

  @Test
  void keepsTheLastGoodRoutesOfABrokenFile() throws Exception {
    Path file = file("r.gw", "a: Path(\"/a\") -> <shunt>;");
    start(new FileDataClient(file, POLL));
    file("r.gw", "b: Path(\"/b\") -> <shunt>; c: Path(/c -> ");
    await().atMost(SOON).until(() -> feed.state().hasBrokenSource());
    assertThat(get("/a")).isEqualTo("a");
    assertThat(get("/b")).isEqualTo("-");
    assertThat(feed.state().sources().getFirst().status()).isEqualTo(Status.BROKEN);
    assertThat(feed.state().problems()).anyMatch(Diagnostic::isError);
    assertThat(feed.state().sources().getFirst().history().failures()).isEqualTo(1);
    file("r.gw", "b: Path(\"/b\") -> <shunt>;");
    awaitGet("/b", "b");
    await().until(() -> !feed.state().hasBrokenSource());
  }

  @Test
  void removesTheRoutesOfARemovedFileAndTakesItUpAgain() throws Exception {
    Path file = file("r.gw", "a: Path(\"/a\") -> <shunt>;");
    start(new FileDataClient(file, POLL));
    Files.delete(file);
    awaitGet("/a", "-");
    await().untilAsserted(() -> assertThat(feed.state().sources().getFirst().status()).isEqualTo(Status.UNREADABLE));
    file("r.gw", "a: Path(\"/a\") -> <shunt>;");
    awaitGet("/a", "a");
  }

  @Test
  void takesReplacedFilesAndSwappedLinks() throws Exception {
    Path real1 = Files.createDirectory(folder.resolve("v1"));
    Path real2 = Files.createDirectory(folder.resolve("v2"));
    Files.writeString(real1.resolve("r.gw"), "a: Path(\"/a\") -> <shunt>;");
    Files.writeString(real2.resolve("r.gw"), "b: Path(\"/b\") -> <shunt>;");
    Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("v1"));
    Path link = Files.createSymbolicLink(folder.resolve("r.gw"), Path.of("..data", "r.gw"));
    start(new FileDataClient(link, POLL));
    assertThat(get("/a")).isEqualTo("a");
    Path next = Files.createSymbolicLink(folder.resolve("..tmp"), Path.of("v2"));
    Files.move(next, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    awaitGet("/b", "b");
    Files.writeString(folder.resolve("new"), "c: Path(\"/c\") -> <shunt>;");
    Files.move(folder.resolve("new"), link, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    awaitGet("/c", "c");
  }

  @Test
  void startsWithoutTheFile() throws Exception {
    start(new FileDataClient(folder.resolve("later.gw"), POLL));
    assertThat(feed.state().complete()).isTrue();
    assertThat(feed.state().problems()).singleElement().extracting(Diagnostic::message)
        .isEqualTo("route file \"" + folder.resolve("later.gw") + "\" does not exist");
    file("later.gw", "a: Path(\"/a\") -> <shunt>;");
    awaitGet("/a", "a");
  }

  @Test
  void readsAFolderWithAllBelow() throws Exception {
    Files.createDirectories(folder.resolve("deep/er"));
    file("a.gw", "a: Path(\"/a\") -> <shunt>;");
    file("deep/er/b.eskip", "b: Path(\"/b\") -> <shunt>;");
    file("c.txt", "no routes");
    file(".hidden.gw", "no routes");
    start(new FolderDataClient(folder, POLL));
    assertThat(get("/a") + get("/b")).isEqualTo("ab");
    assertThat(feed.state().hasBrokenSource()).isFalse();
    Files.createDirectories(folder.resolve("new"));
    file("new/d.gw", "d: Path(\"/d\") -> <shunt>;");
    awaitGet("/d", "d");
    Files.delete(folder.resolve("a.gw"));
    awaitGet("/a", "-");
    assertThat(get("/b")).isEqualTo("b");
  }

  @Test
  void dropsOnlyInvalidRoutesAndListsThem() throws Exception {
    start(new InlineDataClient("-inline-routes", "bad: Nope() -> <shunt>; good: Path(\"/g\") -> <shunt>; worse: * -> no() -> \"x\";"));
    assertThat(current.get().routes()).extracting(Route::id).containsExactly("good");
    assertThat(feed.state().invalid()).extracting(each -> each.node().id()).containsExactly("bad", "worse");
    assertThat(feed.state().invalid().get(1).reasons()).extracting(Diagnostic::message)
        .containsExactly("unknown filter \"no\"", "address \"x\" has no scheme");
    assertThat(feed.state().invalid()).extracting(Invalid::error)
        .containsExactly("unknown_predicate: unknown predicate \"Nope\"", "unknown_filter: unknown filter \"no\"");
  }

  @Test
  void letsTheLastOfRepeatedIdsCountEvenWhenItIsInvalid() throws Exception {
    start(new InlineDataClient("one", "a: Path(\"/1\") -> <shunt>; b: Path(\"/b\") -> <shunt>; b: Nope() -> <shunt>;"),
        new InlineDataClient("two", "a: Path(\"/2\") -> <shunt>;"));
    assertThat(get("/1")).isEqualTo("-");
    assertThat(get("/2")).isEqualTo("a");
    assertThat(get("/b")).isEqualTo("-");
    assertThat(feed.state().problems()).extracting(Diagnostic::message).contains(
        "route \"b\" does not count: there is another of this id further down",
        "route \"a\" does not count: there is another of this id in two");
    assertThat(feed.state().invalid()).extracting(Invalid::node).extracting("id").containsExactly("b");
  }

  @Test
  void refusesALoadWithErrorsWhenStrict() throws Exception {
    Path file = file("r.gw", "a: Path(\"/a\") -> <shunt>;");
    start(true, PreProcessing.NONE, new FileDataClient(file, POLL));
    file("r.gw", "b: Path(\"/b\") -> <shunt>; c: Nope() -> <shunt>;");
    await().atMost(SOON).until(() -> !feed.state().problems().isEmpty());
    assertThat(get("/a")).isEqualTo("a");
    assertThat(current.get().version()).isEqualTo(1);
  }

  @Test
  void tellsWhatMustKeepTheGatewayFromStarting() throws Exception {
    start(new InlineDataClient("-inline-routes", "a: * ->"), new FileDataClient(file("r.gw", "b: * ->"), POLL),
        new HttpDataClient(URI.create("http://127.0.0.1:1/routes"), POLL));
    assertThat(feed.awaitStartProblems()).extracting(problem -> problem.source().name())
        .contains("-inline-routes", "http://127.0.0.1:1/routes").doesNotContain(folder.resolve("r.gw").toString());
  }

  @Test
  void keepsUnchangedRoutesOfOtherSources() throws Exception {
    Path file = file("r.gw", "b: Path(\"/b\") -> <shunt>;");
    start(new InlineDataClient("one", "a: Path(\"/1\") -> <shunt>;"), new FileDataClient(file, POLL));
    Route before = current.get().routes().getFirst();
    file("r.gw", "c: Path(\"/c\") -> <shunt>;");
    awaitGet("/c", "c");
    assertThat(current.get().routes().getFirst()).isSameAs(before);
  }

  @Test
  void appliesFlagsToAllRoutes() throws Exception {
    start(false, PreProcessing.of(List.of(), List.of(), List.of("#\"/old\"#\"/new\"#"), List.of("/Nope[(][)]/Method(\"GET\")/"), "http://fwd"),
        new InlineDataClient("one", "a: Path(\"/old\") && Nope() -> <shunt>; f: Path(\"/f\") -> <forward>;"));
    assertThat(get("/old")).isEqualTo("a");
    assertThat(get("/new")).isEqualTo("clone_a");
    assertThat(get("/f")).isEqualTo("f");
  }

  /// A source that keeps routes one by one.
  private static final class Entries implements DataClient {
    private final LinkedBlockingQueue<Snapshot> snapshots = new LinkedBlockingQueue<>();

    void publish(String... idsAndTexts) {
      var routes = new ArrayList<StoredRoute>();
      for (int i = 0; i < idsAndTexts.length; i += 2) {
        routes.add(new StoredRoute(idsAndTexts[i], SourceText.of("store " + idsAndTexts[i], idsAndTexts[i + 1])));
      }
      snapshots.add(new Snapshot(List.of(), routes, List.of()));
    }

    @Override
    public String name() {
      return "store";
    }

    @Override
    public void run(Consumer<Snapshot> publish) throws InterruptedException {
      while (true) {
        publish.accept(snapshots.take());
      }
    }

    @Override
    public void close() {}
  }

  @Test
  void anEntryThatCannotBeReadIsLeftOutAlone() throws Exception {
    var entries = new Entries();
    entries.publish("good", "x: Path(\"/a\") -> <shunt>;", "bad", "Path(", "two", "a: * -> <shunt>; b: * -> <shunt>;", "none", "", "a b", "* -> <shunt>", "c\n\u001bd", "* -> <shunt>");
    start(entries);
    assertThat(get("/a")).as("the id is the key").isEqualTo("good");
    assertThat(feed.state().hasBrokenSource()).isFalse();
    assertThat(feed.state().sources()).singleElement().satisfies(source -> assertThat(source.routes()).isEqualTo(1));
    assertThat(feed.state().invalid()).extracting(each -> each.node().id()).containsExactly("bad", "two", "none", "a b", "c\uFFFD\uFFFDd");
    assertThat(feed.state().invalid()).extracting(each -> each.text().name()).startsWith("store bad", "store two", "store none", "store a b");
    assertThat(feed.state().invalid()).extracting(each -> each.reasons().getFirst().message())
        .contains("there are 2 routes here, where one belongs", "there is no route here", "\"a b\" is no route id");
    assertThat(feed.state().problems()).hasSizeGreaterThanOrEqualTo(5).allSatisfy(problem -> assertThat(problem.routeId()).isNotNull());
  }

  @Test
  void anEntryThatBreaksKeepsItsLastGoodRoute() throws Exception {
    var entries = new Entries();
    entries.publish("a", "Path(\"/a\") -> <shunt>", "b", "Path(\"/b\") -> <shunt>");
    start(entries);
    entries.publish("a", "Path(\"/x\") -> ", "b", "Path(\"/b2\") -> <shunt>");
    awaitGet("/b2", "b");
    assertThat(get("/a")).isEqualTo("a");
    assertThat(feed.state().invalid()).extracting(each -> each.node().id()).containsExactly("a");
    entries.publish("b", "Path(\"/b2\") -> <shunt>");
    awaitGet("/a", "-");
    assertThat(feed.state().invalid()).isEmpty();
  }

  @Test
  void entriesThatStayAsTheyAreAreNotBuiltAgain() throws Exception {
    var entries = new Entries();
    entries.publish("a", "Path(\"/a\") -> <shunt>");
    start(entries);
    Route before = current.get().routes().getFirst();
    entries.publish("b", "Path(\"/b\") -> <shunt>", "a", "Path(\"/a\") -> <shunt>");
    awaitGet("/b", "b");
    assertThat(current.get().routes()).extracting(Route::definition).contains(before.definition());
  }
}
