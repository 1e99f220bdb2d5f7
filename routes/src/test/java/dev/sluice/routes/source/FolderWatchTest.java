package dev.sluice.routes.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.routes.TestServices;
import dev.sluice.routes.TestTables;
import dev.sluice.routes.compile.PreProcessing;
import dev.sluice.routes.compile.RouteBuilder;
import dev.sluice.routes.compile.RouteCompiler;
import dev.sluice.routes.source.FeedState.Status;
import dev.sluice.routes.spi.RunningBackend;
import dev.sluice.routes.table.CurrentTable;
import dev.sluice.routes.table.IndexedTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/// Files of a watched folder are changed in all the ways that people and programs do it: what is served is always a state that somebody meant, and
/// what is wrong is said.
class FolderWatchTest {
  private static final Duration POLL = Duration.ofSeconds(2);
  private static final String KEPT = "kept: Path(\"/kept\") -> <shunt>;";

  @TempDir
  Path folder;

  private final CurrentTable current = new CurrentTable(IndexedTable.empty());
  private final AtomicBoolean watching = new AtomicBoolean(true);
  private RouteFeed feed;
  private Thread witness;

  /// The first moment at which a route was gone that no change has touched.
  private volatile String gap = "";

  @BeforeEach
  void keep() throws IOException {
    write("kept.gw", KEPT);
  }

  @AfterEach
  void stop() throws InterruptedException {
    watching.set(false);
    if (witness != null) {
      witness.join();
    }
    if (feed != null) {
      feed.close();
    }
    assertThat(gap).isEmpty();
  }

  private void start() throws InterruptedException {
    var settings = new RouteFeed.Settings(List.of(new FolderDataClient(folder, POLL)), TestTables.CATALOG, PreProcessing.NONE,
        RouteBuilder.Options.NONE, false, true, LoggerFactory.getLogger(FolderWatchTest.class));
    feed = new RouteFeed(settings, new RouteCompiler(new TestServices(), route -> new RunningBackend() {}, false), current);
    feed.start();
    assertThat(feed.awaitFirstLoad(Duration.ofSeconds(10))).isTrue();
    assertThat(get("/kept")).isEqualTo("kept");
    witness = Thread.ofVirtual().start(() -> {
      while (watching.get()) {
        if (!get("/kept").equals("kept")) {
          gap = "table " + current.get().version() + " has lost the file that was not touched";
        }
        LockSupport.parkNanos(500_000); // looks often, and leaves the processor to what it looks at
      }
    });
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private String get(String target) {
    return TestTables.get((IndexedTable) current.get(), target);
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(10));
  }

  private void awaitGet(String target, String id) {
    soon().untilAsserted(() -> assertThat(get(target)).isEqualTo(id));
  }

  private List<String> messages() {
    return feed.state().problems().stream().map(Diagnostic::message).toList();
  }

  private FeedState.Source source(Path file) {
    return feed.state().sources().stream().filter(each -> each.name().equals(file.toString())).findFirst().orElseThrow();
  }

  private static String route(String id, String path) {
    return id + ": Path(\"" + path + "\") -> <shunt>;\n";
  }

  @Test
  void anEditorThatTruncatesAndWrites() throws Exception {
    write("r.gw", route("a", "/a"));
    start();
    for (int i = 0; i < 5; i++) {
      try (OutputStream out = Files.newOutputStream(folder.resolve("r.gw"), StandardOpenOption.TRUNCATE_EXISTING)) {
        out.flush();
        out.write((route("a", "/a") + route("n" + i, "/n" + i)).getBytes(StandardCharsets.UTF_8));
      }
      awaitGet("/n" + i, "n" + i);
      assertThat(get("/a")).isEqualTo("a");
    }
    soon().untilAsserted(() -> assertThat(messages()).isEmpty());
  }

  @Test
  void anEditorThatWritesAnotherFileAndMovesItOver() throws Exception {
    write("r.gw", route("a", "/a"));
    start();
    write(".r.gw.swp", "not a route");
    write("r.gw~", "not a route");
    write("4913", "");
    Files.move(write(".r.gw.new", route("b", "/b")), folder.resolve("r.gw"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    awaitGet("/b", "b");
    assertThat(get("/a")).isEqualTo("-");
    soon().untilAsserted(() -> assertThat(messages()).isEmpty());
    assertThat(feed.state().sources()).extracting(FeedState.Source::name)
        .containsExactly(folder.resolve("kept.gw").toString(), folder.resolve("r.gw").toString());
  }

  @Test
  void aMountedConfigurationWhoseLinkIsSwapped() throws Exception {
    Path first = Files.createDirectory(folder.resolve("..2026_1"));
    Files.writeString(first.resolve("r.gw"), route("a", "/a"));
    Files.writeString(first.resolve("s.gw"), route("s", "/s1"));
    Path data = Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2026_1"));
    Files.createSymbolicLink(folder.resolve("r.gw"), Path.of("..data", "r.gw"));
    Files.createSymbolicLink(folder.resolve("s.gw"), Path.of("..data", "s.gw"));
    start();
    assertThat(get("/a") + get("/s1")).isEqualTo("as");
    Path before = first;
    for (int i = 2; i < 5; i++) {
      Path next = Files.createDirectory(folder.resolve("..2026_" + i));
      Files.writeString(next.resolve("r.gw"), route("r" + i, "/r" + i));
      Files.writeString(next.resolve("s.gw"), route("s", "/s" + i));
      Path link = Files.createSymbolicLink(folder.resolve("..data_tmp"), next.getFileName());
      Files.move(link, data, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      Files.delete(before.resolve("r.gw"));
      Files.delete(before.resolve("s.gw"));
      Files.delete(before);
      before = next;
      awaitGet("/r" + i, "r" + i);
      assertThat(get("/s" + i)).as("both files of one mount").isEqualTo("s");
      assertThat(get("/a") + get("/r" + (i - 1)) + get("/s" + (i - 1))).isEqualTo("---");
    }
    assertThat(current.get().routes()).extracting(each -> each.id()).containsExactlyInAnyOrder("kept", "r4", "s");
    soon().untilAsserted(() -> assertThat(messages()).isEmpty());
  }

  @Test
  void aSlowWriterIsNotTakenForDoneWhileItsTextIsHalf() throws Exception {
    Path file = write("r.gw", route("a", "/a"));
    start();
    String text = route("b", "/b") + "c: Path(\"/c\") -> <shunt>;";
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.TRUNCATE_EXISTING)) {
      out.write(text.substring(0, text.length() - 12).getBytes(StandardCharsets.UTF_8));
      out.flush();
      // The writer stops in the middle of the second route for longer than files are given to settle.
      soon().until(() -> feed.state().hasBrokenSource());
      assertThat(get("/a")).as("the last good routes stay").isEqualTo("a");
      assertThat(get("/b")).as("half a text counts for nothing").isEqualTo("-");
      assertThat(source(file).status()).isEqualTo(Status.BROKEN);
      assertThat(source(file).routes()).isEqualTo(1);
      assertThat(feed.state().problems()).anySatisfy(problem -> {
        assertThat(problem.isError()).isTrue();
        assertThat(problem.source()).isNotNull();
        assertThat(problem.source().name()).isEqualTo(file.toString());
        assertThat(problem.source().line(problem.span().start())).isEqualTo(2);
      });
      out.write(text.substring(text.length() - 12).getBytes(StandardCharsets.UTF_8));
    }
    awaitGet("/c", "c");
    assertThat(get("/a") + get("/b")).isEqualTo("-b");
    soon().until(() -> !feed.state().hasBrokenSource());
    soon().untilAsserted(() -> assertThat(messages()).isEmpty());
  }

  @Test
  void aFileThatStaysTruncatedForAWhileKeepsItsRoutes() throws Exception {
    Path file = write("r.gw", route("a", "/a"));
    start();
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.TRUNCATE_EXISTING)) {
      soon().untilAsserted(() -> assertThat(messages())
          .containsExactly("route file \"" + file + "\" is empty; its routes stay until it has been so for 2000 ms"));
      assertThat(get("/a")).isEqualTo("a");
      assertThat(source(file).status()).isEqualTo(Status.READ);
      out.write(route("b", "/b").getBytes(StandardCharsets.UTF_8));
    }
    awaitGet("/b", "b");
    assertThat(get("/a")).isEqualTo("-");
    soon().untilAsserted(() -> assertThat(messages()).isEmpty());
  }

  @Test
  void aFileThatIsEmptiedOnPurposeLosesItsRoutes() throws Exception {
    Path file = write("r.gw", route("a", "/a"));
    start();
    Files.writeString(file, "\n");
    soon().untilAsserted(() -> assertThat(messages()).hasSize(1));
    assertThat(get("/a")).isEqualTo("a");
    awaitGet("/a", "-");
    soon().untilAsserted(() -> assertThat(messages()).isEmpty());
    assertThat(source(file).status()).isEqualTo(Status.READ);
    Files.writeString(file, route("b", "/b"));
    awaitGet("/b", "b");
  }

  @Test
  void anEditorThatRenamesTheOldFileAndWritesANewOne() throws Exception {
    Path file = write("r.gw", route("a", "/a"));
    start();
    for (int i = 0; i < 3; i++) {
      Files.move(file, folder.resolve("r.gw~"), StandardCopyOption.REPLACE_EXISTING);
      try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.CREATE_NEW)) {
        out.write(route("a", "/a").getBytes(StandardCharsets.UTF_8));
        out.flush();
        out.write(route("n" + i, "/n" + i).getBytes(StandardCharsets.UTF_8));
      }
      Files.delete(folder.resolve("r.gw~"));
      awaitGet("/n" + i, "n" + i);
      assertThat(get("/a")).isEqualTo("a");
    }
    soon().untilAsserted(() -> assertThat(messages()).isEmpty());
  }

  @Test
  void twoFilesWithOneIdAreBothNamed() throws Exception {
    Path first = write("r.gw", route("a", "/a"));
    Path second = write("s.gw", route("a", "/other"));
    start();
    assertThat(get("/other") + get("/a")).isEqualTo("a-");
    assertThat(feed.state().problems()).singleElement().satisfies(problem -> {
      assertThat(problem.isError()).isFalse();
      assertThat(problem.message()).isEqualTo("route \"a\" does not count: there is another of this id in " + second);
      assertThat(problem.source().name()).isEqualTo(first.toString());
      assertThat(problem.labels().getFirst().source().name()).isEqualTo(second.toString());
    });
    Files.delete(second);
    awaitGet("/a", "a");
    soon().untilAsserted(() -> assertThat(messages()).isEmpty());
  }

  @Test
  void deletedFilesAndFoldersComeBack() throws Exception {
    Path sub = Files.createDirectory(folder.resolve("sub"));
    write("sub/r.gw", route("a", "/a"));
    start();
    for (int i = 0; i < 3; i++) {
      Files.delete(sub.resolve("r.gw"));
      Files.delete(sub);
      awaitGet(i == 0 ? "/a" : "/n" + (i - 1), "-");
      Files.createDirectory(sub);
      write("sub/r.gw", route("n" + i, "/n" + i));
      awaitGet("/n" + i, "n" + i);
    }
    soon().untilAsserted(() -> assertThat(messages()).isEmpty());
  }

  @Test
  void aFolderThatIsDeletedSaysSoAndComesBack() throws Exception {
    Path mount = Files.createDirectory(folder.resolve("mount"));
    Files.writeString(mount.resolve("r.gw"), route("a", "/a"));
    var settings = new RouteFeed.Settings(List.of(new FolderDataClient(mount, POLL)), TestTables.CATALOG, PreProcessing.NONE,
        RouteBuilder.Options.NONE, false, true, LoggerFactory.getLogger(FolderWatchTest.class));
    feed = new RouteFeed(settings, new RouteCompiler(new TestServices(), route -> new RunningBackend() {}, false), current);
    feed.start();
    awaitGet("/a", "a");
    Files.delete(mount.resolve("r.gw"));
    Files.delete(mount);
    soon().untilAsserted(() -> assertThat(messages()).containsExactly("\"" + mount + "\" does not exist"));
    Files.createDirectory(mount);
    Files.writeString(mount.resolve("r.gw"), route("b", "/b"));
    awaitGet("/b", "b");
    assertThat(get("/a")).isEqualTo("-");
    soon().untilAsserted(() -> assertThat(messages()).isEmpty());
  }

  @Test
  void aBrokenLinkIsNamedAndHarmsNoOtherFile() throws Exception {
    start();
    Path link = Files.createSymbolicLink(folder.resolve("gone.gw"), Path.of("nowhere.gw"));
    write("new.gw", route("b", "/b"));
    awaitGet("/b", "b");
    soon().untilAsserted(() -> assertThat(messages()).containsExactly("route file \"" + link + "\" does not exist"));
    Files.writeString(folder.resolve("nowhere.gw"), route("c", "/c"));
    Files.delete(link);
    awaitGet("/c", "c");
    soon().untilAsserted(() -> assertThat(messages()).isEmpty());
  }
}
