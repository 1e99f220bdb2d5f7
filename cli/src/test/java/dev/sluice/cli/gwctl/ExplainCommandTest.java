package dev.sluice.cli.gwctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.cli.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `explain` and `match` say about a request.
class ExplainCommandTest {
  private static final String ROUTES = """
      admin: Path("/api/:thing") && Method("POST") && Host(/^admin[.]/) -> "http://127.0.0.1:1";
      sale: Path("/api/:thing") && Between("2030-01-01T00:00:00Z", "2030-02-01T00:00:00Z") -> <shunt>;
      orders: Path("/api/:thing") -> setPath("/x") -> <forward>;
      other: Path("/other") -> <shunt>;
      beta: Cookie("group", "^beta$") && Header("X-Team", "a") -> <shunt>;
      rest: * -> <shunt>;
      """;

  @TempDir
  Path folder;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(folder.resolve("r.gw"), ROUTES);
  }

  private Run run(int status, String... args) {
    var run = Run.in(folder, "");
    assertThat(run.gwctl(args)).as(run.out() + run.err()).isEqualTo(status);
    return run;
  }

  @Test
  void tellsWhyRoutesDoNotTakeTheRequestAndWhichDoes() {
    var run = run(0, "explain", "GET", "http://shop.test/api/a%20b?x=1", "-at", "2029-12-31T23:59:59+01:00", "-from", "192.0.2.7", "r.gw");
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("""
        GET http://shop.test/api/a%20b?x=1 from 192.0.2.7 at 2029-12-31T22:59:59Z
          no   admin
                 r.gw:1:31: Method("POST") does not hold: the method is "GET"
          no   sale
                 r.gw:2:30: Between("2030-01-01T00:00:00Z", "2030-02-01T00:00:00Z") does not hold: the time is 2029-12-31T22:59:59Z
          yes  orders
                 r.gw:3:1: Path("/api/:thing") -> setPath("/x") -> <forward>
                 thing = "a b"
        3 routes were not asked: their paths do not fit, or they come later
        """);
  }

  @Test
  void theTimeIsTheOneGiven() {
    var run = run(0, "match", "GET", "/api/a", "-at", "2030-01-01T00:00:00Z", "r.gw");
    assertThat(run.out()).isEqualTo("sale: Path(\"/api/:thing\") && Between(\"2030-01-01T00:00:00Z\", \"2030-02-01T00:00:00Z\") -> <shunt>;\n");
  }

  @Test
  void headersCountAndRoutesWithoutAPathComeLast() {
    var run = run(0, "explain", "GET", "/", "-H", "Host: a.test", "-H", "Cookie: group=beta", "--header", "x-team: b", "-at", "2030-01-01T00:00:00Z", "r.gw");
    assertThat(run.out()).isEqualTo("""
        GET / of host a.test from 127.0.0.1 at 2030-01-01T00:00:00Z
          no   beta
                 r.gw:5:36: Header("X-Team", "a") does not hold: header X-Team is "b"
          yes  rest
                 r.gw:6:1: * -> <shunt>
        4 routes were not asked: their paths do not fit, or they come later
        """);
  }

  @Test
  void whenNoRouteTakesIt() {
    String routes = "a: Path(\"/a\") && Source(\"10.0.0.0/8\") -> <shunt>; b: Path(\"/b\") -> <shunt>;";
    var explained = run(1, "explain", "GET", "/a", "-at", "2030-01-01T00:00:00Z", "-from", "::1", "-H", "X-Forwarded-For: 11.0.0.1", "-routes", routes);
    assertThat(explained.out()).isEqualTo("""
        GET /a from ::1 at 2030-01-01T00:00:00Z
          no   a
                 -routes:1:18: Source("10.0.0.0/8") does not hold: the peer is ::1, header X-Forwarded-For is "11.0.0.1"
        no route takes the request: the gateway answers 404
        1 route was not asked: its path does not fit
        """);
    var match = run(1, "match", "GET", "/c", "-routes", routes);
    assertThat(match.out()).isEmpty();
    assertThat(match.err()).isEqualTo("no route takes the request: the gateway answers 404\n");
  }

  @Test
  void whatTheGatewayRefusesIsNotLookedUp() {
    var run = run(1, "explain", "GET", "/a%2fb", "-strict-http", "-at", "2030-01-01T00:00:00Z", "r.gw");
    assertThat(run.out()).isEqualTo("""
        GET /a%2fb from 127.0.0.1 at 2030-01-01T00:00:00Z
        no route is asked: the gateway refuses the request with 400, encoded slash in the path
        """);
    var host = run(1, "match", "GET", "/", "-H", "Host: a@b", "r.gw");
    assertThat(host.err()).isEqualTo("no route is asked: the gateway refuses the request with 400, malformed host\n");
  }

  @Test
  void chanceIsSaid() {
    var run = run(0, "explain", "GET", "/", "-at", "2030-01-01T00:00:00Z", "-routes", "a: Traffic(0) -> <shunt>; b: Weight(-1) && Traffic(1) -> <shunt>");
    assertThat(run.out()).isEqualTo("""
        GET / from 127.0.0.1 at 2030-01-01T00:00:00Z
          no   a
                 -routes:1:4: Traffic(0) does not hold: it leaves this to chance
          yes  b
                 -routes:1:27: Weight(-1) && Traffic(1) -> <shunt>
                 Traffic(1) leaves this to chance
        """);
  }

  @Test
  void theGatewaysFlagsCount() throws IOException {
    Files.writeString(folder.resolve("c.yaml"), "normalize-host: true\nignore-trailing-slash: true\n");
    String routes = "a: Path(\"/a\") && HostAny(\"shop.test\") -> <shunt>";
    run(1, "match", "GET", "http://Shop.test:80/a/", "-routes", routes);
    run(0, "match", "GET", "http://Shop.test:80/a/", "-routes", routes, "-config", "c.yaml");
    run(0, "match", "GET", "http://Shop.test:80/a/", "-routes", routes, "-normalize-host", "-ignore-trailing-slash");
    var edited = run(1, "explain", "GET", "http://shop.test/a", "-edit-route", "/shop[.]test/shop.example/", "-at", "2030-01-01T00:00:00Z", "-routes", routes);
    assertThat(edited.out()).isEqualTo("""
        GET http://shop.test/a from 127.0.0.1 at 2030-01-01T00:00:00Z
          no   a
                 -edit-route on route a:1:1: HostAny("shop.example") does not hold: the host is "shop.test"
        no route takes the request: the gateway answers 404
        """);
  }

  @Test
  void errorsAreShownAndTheirRoutesLeftOut() throws IOException {
    Files.writeString(folder.resolve("bad.gw"), "a: Path(\"/a\") -> setPaht(\"/x\") -> <shunt>;\nb: PathSubtree(\"/a\") -> <shunt>;\n");
    var run = run(ExitCodes.FINDINGS, "match", "GET", "/a", "bad.gw");
    assertThat(run.out()).isEqualTo("b: PathSubtree(\"/a\") -> <shunt>;\n");
    assertThat(run.err()).startsWith("bad.gw:1:18: error: unknown filter \"setPaht\" [GW2001]\n");
    Files.writeString(folder.resolve("worse.gw"), "a: Path(\"/a\") -> ");
    var broken = run(ExitCodes.BAD_INPUT, "explain", "GET", "/a", "worse.gw", "r.gw");
    assertThat(broken.out()).isEmpty();
    assertThat(broken.err()).startsWith("worse.gw:1:");
  }

  @Test
  void json() {
    var run = run(0, "explain", "GET", "http://shop.test/api/a", "--format", "json", "-at", "2030-01-01T00:00:00Z", "r.gw");
    assertThat(run.out()).isEqualTo("""
        {"request":{"method":"GET","target":"http://shop.test/api/a","host":"shop.test","from":"127.0.0.1","at":"2030-01-01T00:00:00Z"},"tried":[{"route":"admin","takes":false,"predicate":"Method(\\"POST\\")","file":"r.gw","line":1,"column":31,"endLine":1,"endColumn":45,"reason":"the method is \\"GET\\""},{"route":"sale","takes":true,"file":"r.gw","line":2,"column":1,"endLine":2,"endColumn":96}],"notTried":4,"route":"sale","file":"r.gw","line":2,"column":1,"endLine":2,"endColumn":96,"parameters":{"thing":"a"}}
        """);
    assertThat(run(0, "match", "PUT", "/api/a", "--format", "json", "-at", "2031-01-01T00:00:00Z", "r.gw").out()).isEqualTo("""
        {"route":"orders","file":"r.gw","line":3,"column":1,"endLine":3,"endColumn":58,"parameters":{"thing":"a"}}
        """);
    assertThat(run(1, "match", "GET", "/c", "--format", "json", "-routes", "a: Path(\"/a\") -> <shunt>").out())
        .isEqualTo("{\"route\":null,\"status\":404}\n");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', textBlock = """
      explain GET                       | a method and a path or URL are needed
      explain /a r.gw                   | "/a" is no method
      match GET a r.gw                  | "a" is neither a path nor a URL
      match GET /a -from example.org    | -from: "example.org" is no IP address
      match GET /a -at tomorrow         | -at: "tomorrow" is no time with an offset
      match GET /a -H Host              | -H: "Host" is no header line
      match GET /a -H Content-Length:x  | Content-Length: "x" is no number of bytes
      explain GET /a -format xml        | unknown format "xml"
      match GET /a -edit-route x r.gw   | invalid value "x" for flag -edit-route
      """)
  void wrongUse(String line, String message) {
    var run = run(ExitCodes.USAGE, line.split(" +"));
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("error: " + message).contains("\n  help: ");
  }

  private static final String LOOPS = """
      in: Path("/in/:id") -> setPath("/items/${id}") -> setRequestHeader("X-Inner", "${id}") -> ratelimit(1, "1m") -> <loopback>;
      item: Path("/items/:item") && Header("X-Inner", "7") -> <shunt>;
      round: Path("/round") -> <loopback>;
      said: Path("/said") -> status(204) -> inlineContent("x") -> <loopback>;
      """;

  @Test
  void followsLoopbacks() {
    var run = run(0, "explain", "GET", "/in/7?q=1", "-at", "2030-01-01T00:00:00Z", "-routes", LOOPS);
    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("""
        GET /in/7?q=1 from 127.0.0.1 at 2030-01-01T00:00:00Z
          yes  in
                 -routes:1:1: Path("/in/:id") -> setPath("/items/${id}") -> setRequestHeader("X-Inner", "${id}") -> ratelimit(1, "1m") -> <loopback>
                 id = "7"
                 ratelimit(1, "1m") is left out: what it does is not known here
        3 routes were not asked: their paths do not fit, or they come later

        looked up again: GET /items/7?q=1 from 127.0.0.1 at 2030-01-01T00:00:00Z
          yes  item
                 -routes:2:1: Path("/items/:item") && Header("X-Inner", "7") -> <shunt>
                 item = "7"
        3 routes were not asked: their paths do not fit, or they come later
        """);
    assertThat(run(1, "explain", "GET", "/in/8", "-routes", LOOPS).out())
        .contains("looked up again: GET /items/8 ", "Header(\"X-Inner\", \"7\") does not hold: header X-Inner is \"8\"", "the gateway answers 404");
    var match = run(1, "match", "GET", "/in/8", "-routes", LOOPS);
    assertThat(match.out()).startsWith("in: ");
    assertThat(match.err()).isEqualTo("behind the loopback: no route takes the request: the gateway answers 404\n");
    assertThat(run(0, "match", "GET", "/in/7", "-routes", LOOPS).err()).isEmpty();
    assertThat(run(0, "explain", "--format", "json", "GET", "/in/7", "-routes", LOOPS).out())
        .contains("\"loopback\":{\"leftOut\":[\"ratelimit(1, \\\"1m\\\")\"],\"request\":{\"method\":\"GET\",\"target\":\"/items/7\"", "\"route\":\"item\"");
  }

  @Test
  void loopbacksEnd() {
    String out = run(1, "explain", "GET", "/round", "-max-loopbacks", "2", "-routes", LOOPS).out();
    assertThat(out.split("looked up again: ")).hasSize(3);
    assertThat(out).contains("the gateway answers 500 after 2 loopbacks: it is not looked up again");
    assertThat(run(1, "explain", "GET", "/round", "-routes", LOOPS).out()).contains("the gateway answers 500 after 9 loopbacks");
    assertThat(run(1, "explain", "GET", "/round", "-max-loopbacks", "-1", "-routes", LOOPS).out()).contains("the gateway answers 500 after 0 loopbacks");
    var match = run(1, "match", "GET", "/round", "-routes", LOOPS);
    assertThat(match.out()).isEqualTo("round: Path(\"/round\") -> <loopback>;\n");
    assertThat(match.err()).isEqualTo("behind the loopback: the gateway answers 500 after 9 loopbacks\n");
    assertThat(run(1, "match", "--format", "json", "GET", "/round", "-routes", LOOPS).out())
        .endsWith("\"parameters\":{},\"behindLoopback\":\"the gateway answers 500 after 9 loopbacks\"}\n");
    assertThat(run(0, "match", "GET", "/said", "-routes", LOOPS).err()).isEmpty();
    assertThat(run(0, "explain", "GET", "/said", "-routes", LOOPS).out()).contains("inlineContent(\"x\") answers: it is not looked up again");
  }

  @Test
  void headersOfStrangersDoNotCountWithTrustedProxies() {
    String routes = "in: Source(\"10.0.0.0/8\") -> <shunt>; port: Header(\"X-Forwarded-Port\", \"8080\") -> <shunt>; rest: * -> <shunt>;";
    String[] ask = {"match", "GET", "/", "-H", "X-Forwarded-For: 10.1.2.3", "-from", "192.0.2.7", "-routes", routes};
    assertThat(run(0, ask).out()).startsWith("in: ");
    assertThat(run(0, with(ask, "-trusted-proxies", "203.0.113.0/24")).out()).startsWith("rest: ");
    assertThat(run(0, with(ask, "-trusted-proxies", "192.0.2.0/24")).out()).startsWith("in: ");
    assertThat(run(0, with(ask, "-trusted-proxies", "::1", "-forwarded-headers", "X-Forwarded-Port=8080")).out()).startsWith("port: ");
    assertThat(run(64, with(ask, "-trusted-proxies", "nowhere")).err()).contains("-trusted-proxies: \"nowhere\" is no network");
  }

  private static String[] with(String[] args, String... more) {
    return Stream.concat(Stream.of(args), Stream.of(more)).toArray(String[]::new);
  }
}
