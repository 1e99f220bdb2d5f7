package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayStartTest {
  private static final String[] ANYWHERE = {"-address", "127.0.0.1:0", "-support-listener", "127.0.0.1:0"};

  @TempDir Path folder;

  private static String[] anywhere(String... more) {
    var args = new ArrayList<>(List.of(ANYWHERE));
    args.addAll(List.of(more));
    return args.toArray(String[]::new);
  }

  private static HttpResponse<String> get(RunningGateway gateway, String path) throws IOException, InterruptedException {
    int port = ((StartedGateway) gateway).addresses().getFirst().getPort();
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void servesFilesAndFoldersAndText() throws Exception {
    Files.createDirectories(folder.resolve("more/deep"));
    Files.writeString(folder.resolve("a.gw"), "a: Path(\"/a\") -> inlineContent(\"A\") -> <shunt>;");
    Files.writeString(folder.resolve("more/deep/b.eskip"), "b: Path(\"/b\") -> inlineContent(\"B\") -> <shunt>;");
    var run = Run.in(folder, "");
    try (var gateway = run.gateway(anywhere("-routes", "a.gw,more", "-wait-first-route-load",
        "-inline-routes", "c: Path(\"/c\") -> inlineContent(\"C\") -> <shunt>;"))) {
      assertThat(gateway.running()).as(run.err()).isTrue();
      assertThat(get(gateway, "/a").body()).isEqualTo("A");
      assertThat(get(gateway, "/b").body()).isEqualTo("B");
      assertThat(get(gateway, "/c").body()).isEqualTo("C");
      assertThat(get(gateway, "/d").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void endsInOrderAfterTheTermSignal() throws Exception {
    var run = Run.in(folder, "");
    try (var gateway = run.gateway(anywhere("-wait-first-route-load", "-wait-for-healthcheck-interval", "300ms", "-inline-routes",
        "down: Shutdown() -> status(503) -> <shunt>; up: * -> status(200) -> <shunt>;"))) {
      assertThat(get(gateway, "/").statusCode()).isEqualTo(200);
      gateway.signal("TERM");
      assertThat(get(gateway, "/").statusCode()).as("it serves on").isEqualTo(503);
      await().atMost(Duration.ofSeconds(10)).until(() -> !gateway.running());
      assertThat(gateway.exitStatus()).isZero();
    }
  }

  @Test
  void atATerminalItEndsWithoutWaiting() {
    var run = Run.atTerminal(folder, Map.of());
    try (var gateway = run.gateway(ANYWHERE)) {
      gateway.signal("SIGTERM");
      await().atMost(Duration.ofSeconds(10)).until(() -> !gateway.running());
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      routes.gw                                   | 1 | error: unexpected argument "routes.gw"
      -application-log-level=LOUD                 | 1 | error: -application-log-level: "LOUD" is no log level
      -tls-cert=a.crt                             | 1 | error: -tls-cert: 1 certificate, but 0 in -tls-key
      -tls-client-auth=Always                     | 1 | error: -tls-client-auth: "Always" is unknown
      -ensure-dataclients=etcd                    | 1 | error: -ensure-dataclients: there is no source "etcd"
      -histogram-metric-buckets=1,two             | 1 | error: -histogram-metric-buckets: "two" is no number
      -passive-health-check=min-requests=1,max-drop-probability=0.5 | 1 | error: -passive-health-check: there is no "period"
      -passive-health-check=period=soon,min-requests=1,max-drop-probability=0.5 | 1 | error: -passive-health-check: period must be a duration such as "1m30s" (units ns, us, ms, s, m, h), not "soon"
      -no-such-flag                               | 2 | error: unknown flag "-no-such-flag"
      """)
  void refusesToStart(String arg, int status, String message) {
    var run = Run.in(folder, "");
    try (var gateway = run.gateway(arg)) {
      assertThat(gateway.running()).isFalse();
      assertThat(gateway.exitStatus()).isEqualTo(status);
      assertThat(run.err()).contains(message + System.lineSeparator() + "  help: ");
      assertThat(run.out()).isEmpty();
    }
  }

  @Test
  void refusesBrokenRoutesOnTheCommandLineWithAnExcerpt() {
    var run = Run.in(folder, "");
    try (var gateway = run.gateway("-inline-routes", "a: * -> ")) {
      assertThat(gateway.exitStatus()).isEqualTo(1);
      assertThat(run.err()).startsWith("-inline-routes:1:").contains("    1 | a: * ->\n");
    }
  }

  @Test
  void helpAndVersionEndWithZero() {
    var help = Run.in(folder, "");
    assertThat(help.gateway("-help").exitStatus()).isZero();
    assertThat(help.out()).contains("\n  -proxy-preserve-host \n", "\n  -routes-file A,B,…\n", "[not built yet]");
    var version = Run.in(folder, "");
    assertThat(version.gateway("-version").exitStatus()).isZero();
    assertThat(version.out()).startsWith("gateway version ");
  }

  @Test
  void flagsThatDoNothingAreNamed() {
    var run = Run.in(folder, "");
    try (var gateway = run.gateway(anywhere("-kubernetes", "-experimental-upgrade"))) {
      assertThat(gateway.running()).isTrue();
      assertThat(run.err()).contains("""
          warning: flag -kubernetes has no effect: this feature is not built yet
          warning: flag -experimental-upgrade has no effect: upgrades work without it
          """);
    }
  }
}
