package dev.sluice.cli.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.proxy.flag.BackendFlags;
import dev.sluice.proxy.flag.Flag;
import dev.sluice.proxy.flag.LimitFlags;
import dev.sluice.proxy.flag.ListenerFlags;
import dev.sluice.proxy.flag.LogFlags;
import dev.sluice.proxy.flag.MetricFlags;
import dev.sluice.proxy.flag.RequestFlags;
import dev.sluice.proxy.flag.RouteFlags;
import dev.sluice.proxy.flag.TlsFlags;
import dev.sluice.proxy.server.GatewaySettings;
import java.io.IOException;
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

class CommandLineFlagsTest {
  @TempDir Path folder;
  private final List<String> warnings = new ArrayList<>();

  private CommandLineFlags read(String... args) throws FlagProblem {
    return CommandLineFlags.read(List.of(args), Map.of("PLACE", "here"), folder::resolve, warnings::add);
  }

  private <T> T value(Flag<T> flag, String... args) throws FlagProblem {
    return read(args).settings().get(flag);
  }

  private String config(String text) throws IOException {
    return Files.writeString(folder.resolve("c.yaml"), text).toString();
  }

  private FlagProblem problem(String... args) {
    return catchThrowableOfType(FlagProblem.class, () -> read(args));
  }

  @Test
  void readsGoForms() throws FlagProblem {
    assertThat(value(ListenerFlags.ADDRESS, "-address", ":1")).isEqualTo(":1");
    assertThat(value(ListenerFlags.ADDRESS, "-address=:1")).isEqualTo(":1");
    assertThat(value(ListenerFlags.ADDRESS, "--address", ":1")).isEqualTo(":1");
    assertThat(value(ListenerFlags.ADDRESS, "--address=:1", "-address", ":2")).isEqualTo(":2");
    assertThat(value(ListenerFlags.ADDRESS, "-address=")).isEmpty();
    assertThat(value(ListenerFlags.ADDRESS, "-address", "-insecure")).isEqualTo("-insecure");
    assertThat(value(RequestFlags.MAX_LOOPBACKS, "-max-loopbacks", "-1")).isEqualTo(-1);
  }

  @Test
  void aSwitchTakesNoFurtherArgument() throws FlagProblem {
    assertThat(value(BackendFlags.INSECURE, "-insecure")).isTrue();
    assertThat(value(RequestFlags.VALIDATE_QUERY, "-validate-query=false")).isFalse();
    assertThat(read("-insecure", "false").rest()).containsExactly("false");
    assertThat(problem("-insecure=maybe"))
        .hasMessage("invalid value \"maybe\" for flag -insecure: must be true or false");
  }

  @Test
  void flagsEndAtTwoDashesAndAtTheFirstOtherArgument() throws FlagProblem {
    assertThat(read("-insecure", "--", "-address", ":1").rest()).containsExactly("-address", ":1");
    assertThat(read("routes.gw", "-insecure").rest()).containsExactly("routes.gw", "-insecure");
    assertThat(read("-", "x").rest()).containsExactly("-", "x");
  }

  @Test
  void readsEveryKind() throws FlagProblem {
    assertThat(value(ListenerFlags.IDLE_TIMEOUT_SERVER, "-idle-timeout-server", "1m30s")).isEqualTo(Duration.ofSeconds(90));
    assertThat(value(RouteFlags.SOURCE_POLL_TIMEOUT, "-source-poll-timeout", "250")).isEqualTo(Duration.ofMillis(250));
    assertThat(value(RequestFlags.MAX_CONTENT_LENGTH, "-max-content-length", "3000000000")).isEqualTo(3_000_000_000L);
    assertThat(value(RouteFlags.ROUTES_FILE, "-routes-file", "a,b", "-routes-file", "c,d")).containsExactly("c", "d");
    assertThat(value(RouteFlags.ROUTES_FILE, "-routes-file", "")).isEmpty();
    assertThat(value(RequestFlags.REFUSE_PAYLOAD, "-refuse-payload", "a,b", "-refuse-payload", "c"))
        .containsExactly("a,b", "c");
    assertThat(value(RouteFlags.DEFAULT_FILTERS_APPEND, "-default-filters-append", "f() -> g()", "-default-filters-append", "h()"))
        .containsExactly("f() -> g()", "h()");
    assertThat(value(LimitFlags.BREAKER, "-breaker", "type=rate,failures=2,window=9", "-breaker", "host=a,failures=1"))
        .containsExactly(Map.of("type", "rate", "failures", "2", "window", "9"), Map.of("host", "a", "failures", "1"));
    assertThat(value(ListenerFlags.LISTENERS, "-listeners", "{b: {address: ':1', protocols: [h2]}}"))
        .isEqualTo(Map.of("b", Map.of("address", ":1", "protocols", List.of("h2"))));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      -no-such-flag                      | unknown flag "-no-such-flag"
      -addres=x                          | unknown flag "-addres=x"
      -address                           | flag needs a value: -address
      -idle-timeout-server=60            | invalid value "60" for flag -idle-timeout-server: must be a duration such as "1m30s" (units ns, us, ms, s, m, h), not "60"
      -default-http-status=abc           | invalid value "abc" for flag -default-http-status: must be a number without fraction
      -default-http-status=99999999999   | invalid value "99999999999" for flag -default-http-status: must be a number without fraction
      -metrics-flavour=graphite          | invalid value "graphite" for flag -metrics-flavour: "graphite" is none of codahale, prometheus, otel
      -breaker=type=rate,foo=1           | invalid value "type=rate,foo=1" for flag -breaker: unknown key "foo"
      -breaker=type=slow                 | invalid value "type=slow" for flag -breaker: type "slow" is none of consecutive, rate, disabled
      -breaker=timeout=5                 | invalid value "timeout=5" for flag -breaker: timeout must be a duration such as "1m30s" (units ns, us, ms, s, m, h), not "5"
      -edit-route=abc                    | invalid value "abc" for flag -edit-route: must have its first character, "a", three times, as in /regexp/replacement/
      -edit-route=/(/x/                  | invalid value "/(/x/" for flag -edit-route: the regular expression is wrong: error parsing regexp: missing closing ): `(`
      """)
  void wrongFlagsEndWithTwo(String arg, String message) {
    assertThat(problem(arg)).hasMessage(message);
    assertThat(problem(arg).exitStatus()).isEqualTo(2);
  }

  @Test
  void suggestsTheNearestFlag() {
    assertThat(problem("-addres", ":1").help()).isEqualTo("did you mean -address?");
  }

  @Test
  void theCommandLineWinsOverTheFile() throws Exception {
    String file = config("""
        default-http-status: 503
        proxy-preserve-host: yes
        forwarded-headers: ["X-Forwarded-Host", "X-Forwarded-Proto=http"]
        default-filters-append:
          - f()
          - g()
        default-filters-prepend: h()
        idle-timeout-server: 30s
        breaker:
          type: rate
          failures: 3
        tls-client-auth: 4
        tls-cert: a.crt,b.crt
        """);
    var settings = read("-default-filters-append", "x()", "-config-file", file, "-default-http-status", "418").settings();
    assertThat(settings.get(RequestFlags.DEFAULT_HTTP_STATUS)).isEqualTo(418);
    assertThat(settings.get(BackendFlags.PROXY_PRESERVE_HOST)).isTrue();
    assertThat(settings.get(RequestFlags.FORWARDED_HEADERS)).containsExactly("X-Forwarded-Host", "X-Forwarded-Proto=http");
    assertThat(settings.get(RouteFlags.DEFAULT_FILTERS_APPEND)).containsExactly("x()");
    assertThat(settings.get(RouteFlags.DEFAULT_FILTERS_PREPEND)).containsExactly("h()");
    assertThat(settings.get(ListenerFlags.IDLE_TIMEOUT_SERVER)).isEqualTo(Duration.ofSeconds(30));
    assertThat(settings.get(LimitFlags.BREAKER)).containsExactly(Map.of("type", "rate", "failures", "3"));
    assertThat(settings.get(TlsFlags.TLS_CLIENT_AUTH)).isEqualTo("RequireAndVerifyClientCert");
    assertThat(settings.get(TlsFlags.TLS_CERT)).containsExactly("a.crt", "b.crt");
    assertThat(warnings).noneMatch(warning -> warning.contains("unknown key"));
  }

  @Test
  void unknownKeysOfTheFileWarn() throws Exception {
    read("-config-file", config("adress: ':1'\n"));
    assertThat(warnings).hasSize(1).first().asString().endsWith("unknown key \"adress\" is ignored; did you mean \"address\"?");
  }

  @Test
  void aWrongFileEndsWithOne() throws Exception {
    assertThat(problem("-config-file", "none.yaml"))
        .hasMessage("configuration file " + folder.resolve("none.yaml") + ": no such file");
    assertThat(problem("-config-file", "none.yaml").exitStatus()).isEqualTo(1);
    String place = "configuration file " + folder.resolve("c.yaml") + ": ";
    assertThat(problem("-config-file", config("a: [1"))).hasMessageStartingWith(place + "line 1, column ");
    assertThat(problem("-config-file", config("- a\n"))).hasMessage(place + "must be a mapping of names to values");
    assertThat(problem("-config-file", config("idle-timeout-server: 5\n")))
        .hasMessageStartingWith(place + "invalid value \"5\" for flag -idle-timeout-server: ");
    assertThat(problem("-config-file", config("idle-timeout-server: [5s]\n")))
        .hasMessage(place + "idle-timeout-server: must be a single value");
  }

  @Test
  void environmentIsPutInWhenAskedFor() throws Exception {
    Files.writeString(folder.resolve("e.env"), "# names\nLEVEL=DEBUG\n\n");
    assertThat(value(LogFlags.APPLICATION_LOG, "-expand-env", "-application-log", "${env.PLACE}/${env.NONE:-x}.log"))
        .isEqualTo("here/x.log");
    assertThat(value(LogFlags.APPLICATION_LOG_LEVEL, "-env-file", "e.env", "-expand-env", "-application-log-level=${env.LEVEL}"))
        .isEqualTo("DEBUG");
    assertThat(value(LogFlags.APPLICATION_LOG, "-application-log", "${env.PLACE}")).isEqualTo("${env.PLACE}");
    assertThat(problem("-expand-env", "-application-log", "${env.NONE}"))
        .hasMessage("environment variable \"NONE\" is not set, but a flag uses it");
    assertThat(read("-env-file", "e.env").environment()).containsEntry("LEVEL", "DEBUG").containsEntry("PLACE", "here");
  }

  @Test
  void flagsThatDoNothingWarnOnce() throws FlagProblem {
    read("-enable-profile", "-kubernetes", "-kubernetes");
    assertThat(warnings).containsExactly(
        "flag -enable-profile has no effect: the JVM has its own profilers: jcmd PID JFR.start",
        "flag -kubernetes has no effect: this feature is not built yet");
  }

  @Test
  void nothingGivenIsTheDefaults() throws FlagProblem {
    var settings = read().settings();
    assertThat(settings.given()).isEmpty();
    assertThat(settings.get(ListenerFlags.SUPPORT_LISTENER)).isEqualTo("127.0.0.1:9911");
    assertThat(settings.get(MetricFlags.METRICS_FLAVOUR)).containsExactly("codahale", "prometheus");
    assertThat(GatewaySettings.defaults().byName("max-audit-body")).isEqualTo(1024);
  }
}
