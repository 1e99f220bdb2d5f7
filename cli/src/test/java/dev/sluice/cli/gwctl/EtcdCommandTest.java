package dev.sluice.cli.gwctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.cli.Run;
import dev.sluice.extensions.etcd.fixture.RealEtcd;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The commands that work on etcd, and a gateway that reads from it, with a real etcd.
class EtcdCommandTest {
  @TempDir
  static Path folder;

  private static RealEtcd etcd;

  @BeforeAll
  static void start() throws Exception {
    etcd = RealEtcd.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    if (etcd != null) {
      etcd.close();
    }
  }

  @BeforeEach
  void clean() throws Exception {
    etcd.put("/skipper/routes/a", "x");
    etcd.deleteDirectory("/skipper");
  }

  /// With the flag that names etcd.
  private static Run gwctl(int status, String input, String... args) {
    var all = new ArrayList<>(List.of(args));
    all.add(1, "-etcd-urls");
    all.add(2, etcd.url());
    var run = Run.in(folder, input);
    assertThat(run.gwctl(all.toArray(String[]::new))).as(run.err()).isEqualTo(status);
    return run;
  }

  private static String stored() {
    return gwctl(ExitCodes.OK, "", "print").out();
  }

  private static String unused() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }

  @Test
  void upsertAddsAndReplacesAndSaysNothing() {
    var run = gwctl(ExitCodes.OK, "a: Path(\"/ä\") -> setPath(\"/1+1=2&%\") -> <shunt>; b: * -> \"http://b.example\";", "upsert");
    assertThat(run.out() + run.err()).isEmpty();
    gwctl(ExitCodes.OK, "ignored", "upsert", "-routes", "b: * -> <loopback>");
    assertThat(stored()).isEqualTo("a: Path(\"/ä\") -> setPath(\"/1+1=2&%\") -> <shunt>;\nb: * -> <loopback>;");
  }

  @Test
  void aRouteWithoutIdGetsOne() {
    gwctl(ExitCodes.OK, "* -> <shunt>", "upsert");
    gwctl(ExitCodes.OK, "* -> <shunt>", "upsert");
    assertThat(stored()).matches("(route[0-9A-Za-z]{16}: \\* -> <shunt>;\n?){2}");
  }

  @Test
  void allBackendsAreKept() {
    String routes = """
        a: * -> <forward>;
        b: * -> <dynamic>;
        c: * -> <roundRobin, "http://a.example", "http://b.example">;
        d: HeaderRegexp("X", /\\/x/) -> comment("\\"") -> <loopback>;""";
    gwctl(ExitCodes.OK, routes, "upsert");
    assertThat(stored()).isEqualTo(printed(routes));
  }

  private static String printed(String routes) {
    var run = Run.in(folder, routes);
    assertThat(run.gwctl("print")).isZero();
    return run.out();
  }

  @Test
  void resetWritesOnlyWhatDiffersAndDeletesTheRest() throws Exception {
    gwctl(ExitCodes.OK, "same: Path(\"/s\") -> <shunt>; other: * -> <shunt>; gone: * -> <shunt>;", "upsert");
    etcd.put("/skipper/routes/broken", "Path(");
    etcd.put("/skipper/routes/mended", "Path(");
    String same = etcd.get("/skipper/routes/same");
    gwctl(ExitCodes.OK, "same:   Path(\"/s\")->   <shunt>; other: * -> <loopback>; new: * -> <shunt>; mended: * -> <shunt>", "reset");
    assertThat(stored()).isEqualTo(
        "mended: * -> <shunt>;\nnew: * -> <shunt>;\nother: * -> <loopback>;\nsame: Path(\"/s\") -> <shunt>;");
    assertThat(etcd.get("/skipper/routes/same")).isEqualTo(same);
  }

  @Test
  void resetToNothing() {
    gwctl(ExitCodes.OK, "a: * -> <shunt>; b: * -> <shunt>;", "upsert");
    gwctl(ExitCodes.OK, "", "reset");
    assertThat(stored()).isEmpty();
  }

  @Test
  void deleteByIdsOrRoutes() throws Exception {
    gwctl(ExitCodes.OK, "a: * -> <shunt>; b: * -> <shunt>; c: * -> <shunt>;", "upsert");
    gwctl(ExitCodes.OK, "c: * -> <shunt>;", "delete", "-ids", "a,none");
    assertThat(stored()).as("ids win over standard input").isEqualTo("b: * -> <shunt>;\nc: * -> <shunt>;");
    etcd.put("/skipper/routes/_hidden", "* -> <shunt>");
    gwctl(ExitCodes.OK, "b: * -> \"http://other.example\"; b: * -> <shunt>; _hidden: * -> <shunt>;", "delete");
    assertThat(stored()).isEqualTo("c: * -> <shunt>;");
    assertThat(etcd.get("/skipper/routes/_hidden")).contains("Key not found");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      upsert | a: * -> <shunt>; a: * -> <loopback>;  | 1:18: error: repeated route id "a" [GW1024]
      upsert | _a: * -> <shunt>;                     | 1:1: error: etcd hides keys that begin with "_": route "_a" would never be seen [GW1010]
      reset  | b: * -> <shunt>; b: * -> <shunt>;     | 1:18: error: repeated route id "b" [GW1024]
      reset  | a: * -> <shunt>; b: * ->              | 1:
      delete | * -> <shunt>                          | 1:1: error: a route without id cannot be deleted [GW1010]
      """)
  void nothingIsChangedWhenTheInputIsWrong(String command, String input, String message) {
    gwctl(ExitCodes.OK, "keep: * -> <shunt>;", "upsert");
    assertThat(gwctl(ExitCodes.BAD_INPUT, input, command).err()).startsWith("standard input:" + message).contains("  help: ");
    assertThat(stored()).isEqualTo("keep: * -> <shunt>;");
  }

  @Test
  void entriesThatCannotBeReadAreShownAndFail() throws Exception {
    etcd.put("/skipper/routes/bad", "Path(");
    etcd.put("/skipper/routes/good", "* -> <shunt>");
    etcd.put("/skipper/routes/two", "a: * -> <shunt>; b: * -> <shunt>;");
    var print = gwctl(ExitCodes.BAD_INPUT, "", "print");
    assertThat(print.out()).isEqualTo("bad: * -> \"\";\ngood: * -> <shunt>;\ntwo: * -> \"\";");
    assertThat(print.err()).contains("etcd /skipper/routes/bad:1:", "etcd /skipper/routes/two:1:18: error: there are 2 routes here");
    assertThat(gwctl(ExitCodes.BAD_INPUT, "", "patch", "-append", "flowId()").out()).isEmpty();
    assertThat(gwctl(ExitCodes.BAD_INPUT, "", "check").err()).contains("[GW3003]");
  }

  @Test
  void checkKnowsFilters() throws Exception {
    etcd.put("/skipper/routes/a", "* -> setPaht(\"/\") -> <shunt>");
    assertThat(gwctl(ExitCodes.FINDINGS, "", "check").err())
        .startsWith("etcd /skipper/routes/a:1:6: error: unknown filter \"setPaht\" [GW2001]\n");
  }

  @Test
  void prefixesSeparate() {
    gwctl(ExitCodes.OK, "a: * -> <shunt>;", "upsert", "-etcd-prefix", "/one");
    gwctl(ExitCodes.OK, "b: * -> <shunt>;", "upsert", "-etcd-prefix", "two");
    assertThat(gwctl(ExitCodes.OK, "", "print", "-etcd-prefix", "/one").out()).isEqualTo("a: * -> <shunt>;");
    assertThat(gwctl(ExitCodes.OK, "", "print", "-etcd-prefix", "/two/").out()).isEqualTo("b: * -> <shunt>;");
    assertThat(stored()).isEmpty();
  }

  @Test
  void oneOfSeveralServersIsEnough() throws Exception {
    var run = Run.in(folder, "a: * -> <shunt>");
    assertThat(run.gwctl("upsert", "-etcd-urls", unused() + "," + etcd.url())).as(run.err()).isZero();
    assertThat(stored()).isEqualTo("a: * -> <shunt>;");
  }

  @Test
  void saysWhatHappensWhenNoServerAnswers() throws Exception {
    String url = unused();
    for (String command : List.of("print", "check", "upsert", "reset", "delete")) {
      var run = Run.in(folder, "a: * -> <shunt>;");
      assertThat(run.gwctl(command, "-etcd-urls", url.replace("http://", "http://user:secret@"))).isEqualTo(ExitCodes.BAD_INPUT);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).startsWith("error: route").contains("etcd: " + url + ": ").doesNotContain("secret");
    }
  }

  @Test
  void routesAreNeeded() {
    var run = Run.atTerminal(folder, Map.of("NO_COLOR", "1"));
    assertThat(run.gwctl("upsert", "-etcd-urls", etcd.url())).isEqualTo(ExitCodes.USAGE);
    assertThat(run.err()).startsWith("error: no routes: standard input is a terminal\n");
  }

  @Test
  void aGatewayServesThemAndListsThoseThatItCannotUse() throws Exception {
    Files.writeString(folder.resolve("f.gw"), "f: Path(\"/f\") -> status(201) -> <shunt>;");
    etcd.put("/skipper/routes/bad", "Path(");
    etcd.put("/skipper/routes/my-route", "Path(\"/e\") -> status(202) -> <shunt>");
    int port;
    int support;
    try (var one = new ServerSocket(0); var two = new ServerSocket(0)) {
      port = one.getLocalPort();
      support = two.getLocalPort();
    }
    var run = Run.in(folder, "");
    try (var gateway = run.gateway("-address", "127.0.0.1:" + port, "-support-listener", "127.0.0.1:" + support, "-routes-file", "f.gw",
            "-etcd-urls", etcd.url(), "-ensure-dataclients", "etcd", "-wait-first-route-load", "-wait-for-healthcheck-interval", "0s");
        var client = HttpClient.newHttpClient()) {
      assertThat(gateway.running()).as(run.err()).isTrue();
      assertThat(get(client, port, "/f").statusCode()).isEqualTo(201);
      assertThat(get(client, port, "/e").statusCode()).isEqualTo(202);
      assertThat(get(client, support, "/routes?invalid=true&nopretty").body()).isEqualTo("bad: * -> \"\";");
      assertThat(run.err()).contains("etcd /skipper/routes/bad:1:");
      gwctl(ExitCodes.OK, "bad: Path(\"/bad\") -> status(203) -> <shunt>;", "reset");
      await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
        assertThat(get(client, port, "/bad").statusCode()).isEqualTo(203);
        assertThat(get(client, port, "/e").statusCode()).isEqualTo(404);
      });
      assertThat(get(client, support, "/routes?invalid=true").body()).isEmpty();
    }
  }

  @Test
  void aGatewayDoesNotStartWithAnAddressThatIsNone() {
    var run = Run.in(folder, "");
    try (var gateway = run.gateway("-etcd-urls", "127.0.0.1:2379", "-address", "127.0.0.1:0", "-support-listener", "127.0.0.1:0")) {
      assertThat(gateway.running()).isFalse();
      assertThat(gateway.exitStatus()).isEqualTo(1);
    }
    assertThat(run.err()).contains("-etcd-urls: \"127.0.0.1:2379\" is no http or https address");
  }

  private static HttpResponse<String> get(HttpClient client, int port, String target) throws IOException, InterruptedException {
    return client.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target)).build(), HttpResponse.BodyHandlers.ofString());
  }
}
