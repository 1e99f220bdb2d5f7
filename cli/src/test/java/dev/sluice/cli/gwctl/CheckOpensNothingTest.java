package dev.sluice.cli.gwctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.cli.InstalledCatalog;
import dev.sluice.cli.Run;
import dev.sluice.routes.declare.CatalogEntry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Checking routes opens no connection, looks no name up, opens no file that a route names, and starts no thread that stays. Every example of every
/// filter, predicate and algorithm is checked while the JVM records what it does.
class CheckOpensNothingTest {
  private static final String NAMED = "named-in-a-route";

  @TempDir Path folder;

  /// Files and hosts as arguments of filters that use them, and backends that have to be looked up.
  private static final String ROUTES = """
      static: Path("/static") -> static("/", "%1$s") -> <shunt>;
      body: Path("/body") -> opaAuthorizeRequest("%1$s") -> <shunt>;
      secret: Path("/secret") -> basicAuth("%1$s") -> <shunt>;
      users: Path("/users") -> basicAuth("%1$s", "realm") -> "http://named-in-a-route.example:1";
      tee: Path("/tee") -> tee("http://named-in-a-route.example:1") -> "http://named-in-a-route.example:1";
      hook: Path("/hook") -> webhook("http://named-in-a-route.example:1") -> <roundRobin, "http://named-in-a-route.example:1">;
      """;

  @Test
  void noSocketNoFileNoNameNoThread() throws IOException {
    Path named = Files.writeString(folder.resolve(NAMED), "user:password\n");
    Path routes = Files.writeString(folder.resolve("routes.gw"), ROUTES.formatted(named));
    Files.writeString(folder.resolve("examples.gw"), examples());
    // What happens once in a process (classes, catalogs, the pool that makes them) happens before.
    Run.in(folder, "").gwctl("check", "routes.gw");
    List<Thread> before = List.copyOf(Thread.getAllStackTraces().keySet());
    Path recorded = folder.resolve("recorded.jfr");
    try (var recording = new Recording()) {
      for (String event : List.of("jdk.SocketRead", "jdk.SocketWrite", "jdk.FileRead", "jdk.FileWrite", "jdk.ThreadStart")) {
        recording.enable(event).withStackTrace().withoutThreshold();
      }
      recording.start();
      check("routes.gw", "examples.gw");
      recording.stop();
      recording.dump(recorded);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(recorded);
    assertThat(paths(events)).as("the recording works").anyMatch(path -> path.endsWith(routes.getFileName().toString()));
    assertThat(paths(events)).as("files").noneMatch(path -> path.endsWith(NAMED));
    assertThat(events).as("sockets").noneMatch(event -> event.getEventType().getName().startsWith("jdk.Socket"));
    assertThat(Thread.getAllStackTraces().keySet().stream().filter(thread -> !before.contains(thread)).map(Thread::getName)
        .filter(name -> !name.startsWith("ForkJoinPool") && !name.startsWith("JFR"))).as("threads").isEmpty();
  }

  @Test
  void noNameIsLookedUp() throws IOException {
    Files.writeString(folder.resolve("routes.gw"), ROUTES.formatted(NAMED));
    Files.writeString(folder.resolve("examples.gw"), examples());
    LookUps.SEEN.clear();
    check("routes.gw", "examples.gw");
    assertThat(LookUps.SEEN).isEmpty();
    assertThatThrownBy(() -> InetAddress.getByName("proof.example")).isInstanceOf(UnknownHostException.class);
    assertThat(LookUps.SEEN).as("a look-up would be seen").containsExactly("proof.example");
  }

  /// All names and arguments are looked at only when the syntax is right.
  private void check(String... files) {
    var run = Run.in(folder, "");
    assertThat(run.gwctl(Stream.concat(Stream.of("check"), Stream.of(files)).toArray(String[]::new))).as(run.err()).isNotEqualTo(ExitCodes.BAD_INPUT);
  }

  private static List<String> paths(List<RecordedEvent> events) {
    return events.stream().filter(event -> event.hasField("path")).map(event -> event.getString("path")).toList();
  }

  /// The examples of all declarations, each under ids of its own.
  private static String examples() {
    int[] number = {0};
    return InstalledCatalog.load().entries().stream()
        .flatMap(entry -> entry.examples().stream())
        .map(CatalogEntry.Example::text)
        .map(text -> text.strip().endsWith(";") ? text : text + ";")
        .map(text -> text.replaceAll("(?m)^([A-Za-z_]\\w*)\\s*:(?!:)", "$1_" + number[0]++ + ":"))
        .filter(text -> text.matches("(?s)^\\w+:.*"))
        .collect(Collectors.joining("\n"));
  }
}
