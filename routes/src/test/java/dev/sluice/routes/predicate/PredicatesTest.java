package dev.sluice.routes.predicate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.routes.TestServices;
import dev.sluice.routes.TestTables;
import dev.sluice.routes.compile.RouteCompiler;
import dev.sluice.routes.model.RequestTarget;
import dev.sluice.routes.spi.RunningBackend;
import dev.sluice.routes.table.IndexedTable;
import dev.sluice.routes.table.PlainRequest;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PredicatesTest {
  private final TestServices services = new TestServices();

  private boolean holds(String predicate, PlainRequest request) {
    return TestTables.table("r: " + predicate + " -> <shunt>;", services, false).match(request, null) != null;
  }

  private static PlainRequest get(String target) {
    return PlainRequest.of("GET", target);
  }

  private static PlainRequest with(String... headers) {
    var request = get("/");
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  @ParameterizedTest
  @CsvSource({
    "^a[.]test$, a.test, true", "^a[.]test$, a.test:80, false", "^a[.]test$, A.test, false", "(?i)^a[.]test$, A.test, true",
    "^a[.]test[.]?(:[0-9]+)?$, a.test.:80, true", "internal, db.internal.test, true", "^$, '', true", ":8443$, c.test:8443, true"
  })
  void searchesTheHost(String expression, String host, boolean expected) {
    assertThat(holds("Host(\"" + expression + "\")", with("Host", host))).isEqualTo(expected);
  }

  @Test
  void comparesWholeHosts() {
    String hosts = "HostAny(\"a.test\", \"b.test:8080\")";
    assertThat(holds(hosts, with("Host", "a.test"))).isTrue();
    assertThat(holds(hosts, with("Host", "a.test:80"))).isFalse();
    assertThat(holds(hosts, with("Host", "b.test:8080"))).isTrue();
    assertThat(holds(hosts, get("http://a.test/").header("Host", "x.test"))).isTrue();
  }

  @Test
  void comparesMethodsByteForByte() {
    assertThat(holds("Method(\"GET\")", PlainRequest.of("get", "/"))).isFalse();
    assertThat(holds("Method(\"PURGE\")", PlainRequest.of("PURGE", "/"))).isTrue();
    assertThat(holds("Methods(\"get\", \"Head\")", PlainRequest.of("HEAD", "/"))).isTrue();
    assertThat(holds("Methods(\"get\")", PlainRequest.of("get", "/"))).isFalse();
    assertThat(holds("Methods(\"GET\", \"POST\") && Methods(\"POST\", \"PUT\")", PlainRequest.of("GET", "/"))).isFalse();
  }

  @Test
  void looksIntoEveryLineOfAHeader() {
    assertThat(holds("Header(\"x-role\", \"b\")", with("X-Role", "a", "X-ROLE", " b "))).isTrue();
    assertThat(holds("Header(\"X-Role\", \"b\")", with("X-Role", "a, b"))).isFalse();
    assertThat(holds("Header(\"X-A\", \"\")", with("X-A", ""))).isTrue();
    assertThat(holds("Header(\"X-A\", \"\")", get("/"))).isFalse();
    assertThat(holds("Header(\"Host\", \"a\")", with("Host", "a"))).isFalse();
    assertThat(holds("HeaderRegexp(\"X-Tag\", \"red\") && HeaderRegexp(\"X-Tag\", \"big\")", with("X-Tag", "red", "X-Tag", "big"))).isTrue();
    assertThat(holds("HeaderRegexp(\"X-Tag\", \"red\") && HeaderRegexp(\"X-Tag\", \"big\")", with("X-Tag", "red"))).isFalse();
  }

  @Test
  void comparesHashesOfTheFirstLine() {
    String key = "HeaderSHA256(\"X-Key\", \"2BB80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b\")";
    assertThat(holds(key, with("x-key", "secret"))).isTrue();
    assertThat(holds(key, with("x-key", "Secret"))).isFalse();
    assertThat(holds(key, with("x-key", "no", "x-key", "secret"))).isFalse();
    assertThat(holds(key, with("x-key", ""))).isFalse();
    assertThat(holds(key, get("/"))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'QueryParam(\"debug\")', /?debug, true", "'QueryParam(\"debug\")', /?a=1&debug=, true", "'QueryParam(\"debug\")', /?debugger, false",
    "'QueryParam(\"debug\")', /?a=debug, false", "'QueryParam(\"x y\")', /?x+y=1, true", "'QueryParam(\"x y\")', /?x%20y, true",
    "'QueryParam(\"t\", \"^b$\")', /?t=a&t=b, true", "'QueryParam(\"t\", \"^b$\")', '/?t=a,b', false", "'QueryParam(\"q\", \"^a b$\")', /?%71=a+b, true",
    "'QueryParam(\"q\", \"^a b$\")', /?q=a%2Bb, false", "'QueryParam(\"z\", \"^a&b=c$\")', /?z=a%26b%3Dc, true", "'QueryParam(\"a\")', /?a=%zz, false",
    "'QueryParam(\"b\")', /?a=%zz&b=1, true", "'QueryParam(\"a\")', /?a=1;b=2, false", "'QueryParam(\"a\")', /, false", "'QueryParam(\"a\")', /?&&, false"
  })
  void readsQueries(String predicate, String target, boolean expected) {
    var request = PlainRequest.of("GET", target, new RequestTarget.Options(false, false, false));
    assertThat(holds(predicate, request)).isEqualTo(expected);
  }

  @Test
  void readsCookies() {
    assertThat(holds("Cookie(\"c\", \"^1$\")", with("Cookie", "a=2;  c=1 ; b"))).isTrue();
    assertThat(holds("Cookie(\"c\", \"^1$\")", with("Cookie", "c=3", "Cookie", "c=1"))).isFalse();
    assertThat(holds("Cookie(\"c\", \"\")", with("Cookie", "c="))).isTrue();
    assertThat(holds("Cookie(\"c\", \"\")", with("Cookie", "C=1"))).isFalse();
    assertThat(holds("Cookie(\"v\", \"^a b$\")", with("Cookie", "v=\"a b\""))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "Source, '10.1.2.3, 8.8.8.8', true", "Source, '8.8.8.8, 10.1.2.3', false", "SourceFromLast, '8.8.8.8, 10.1.2.3', true",
    "Source, ' 10.1.2.3 , x', true", "Source, 10.1.2.3:5000, true", "Source, '[2001:db8::1]:443', true", "Source, 2001:DB8:0::1, true",
    "Source, ::ffff:10.1.2.3, false", "Source, fe80::1%eth0, false", "Source, unknown, false", "ClientIP, 10.1.2.3, false"
  })
  void findsTheClientsAddress(String name, String forwardedFor, boolean expected) {
    assertThat(holds(name + "(\"10.0.0.0/8\", \"2001:db8::1\")", with("X-Forwarded-For", forwardedFor))).isEqualTo(expected);
  }

  @Test
  void takesThePeerWhereNothingElseIsKnown() throws Exception {
    var peer = InetAddress.getByName("10.9.9.9");
    assertThat(holds("Source(\"10.9.9.9\")", get("/").peer(peer, 1))).isTrue();
    assertThat(holds("Source(\"10.9.9.9\")", with("X-Forwarded-For", "unknown").peer(peer, 1))).isTrue();
    assertThat(holds("SourceFromLast(\"10.9.9.9\")", with("X-Forwarded-For", "1.1.1.1,").peer(peer, 1))).isTrue();
    assertThat(holds("ClientIP(\"10.9.9.0/24\")", with("X-Forwarded-For", "1.1.1.1").peer(peer, 1))).isTrue();
    assertThat(holds("Source(\"0.0.0.0/0\")", with("X-Forwarded-For", "::1").peer(peer, 1))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "'After(\"2026-11-21T12:00:00Z\")', true", "'After(\"2026-11-21T12:00:01Z\")', false", "'Before(\"2026-11-21T12:00:00Z\")', false",
    "'Before(\"2026-11-21T12:00:00.5Z\")', true", "'After(\"2026-11-21T13:00:00\", \"Europe/Berlin\")', true",
    "'After(\"2026-11-21T13:00:01\", \"Europe/Berlin\")', false", "'Before(1795262400)', false", "'After(1795262400.9)', true",
    "'Between(\"2026-11-21T12:00:00Z\", \"2026-11-21T12:00:01Z\")', true", "'Between(1795262399, 1795262400)', false",
    "'Between(\"2026-11-21T07:00:00\", \"2026-11-21T08:00:00\", \"America/New_York\")', true", "'After(\"2026-11-21T12:00:00\", \"\")', true"
  })
  void comparesWithTheClock(String predicate, boolean expected) {
    services.now = Instant.parse("2026-11-21T12:00:00Z");
    assertThat(holds(predicate, get("/"))).isEqualTo(expected);
  }

  @Test
  void masksMinutes() {
    var zone = ZoneId.systemDefault();
    services.now = LocalDateTime.parse("2026-11-21T12:34:56").atZone(zone).toInstant(); // a Saturday
    assertThat(holds("Cron(\"* * * * *\")", get("/"))).isTrue();
    assertThat(holds("Cron(\"30-34,59  12 21\t11 6\")", get("/"))).isTrue();
    assertThat(holds("Cron(\"* * 21 * 5\")", get("/"))).isFalse();
    assertThat(holds("Cron(\"35 * * * *\")", get("/"))).isFalse();
    assertThat(holds("Cron(\"40-30 * * * *\")", get("/"))).isFalse();
    services.now = LocalDateTime.parse("2026-11-22T00:00:00").atZone(zone).toInstant();
    assertThat(holds("Cron(\"0 0 22 11 0\")", get("/"))).isTrue();
  }

  @Test
  void leavesTrafficToChance() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    services.shared(Chance.class, "predicates", key -> random::nextDouble);
    int hits = 0;
    for (int i = 0; i < 2_000; i++) {
      hits += holds("Traffic(.3)", get("/")) ? 1 : 0;
    }
    assertThat(hits).as("seed %d", seed).isBetween(450, 750);
    assertThat(holds("Traffic(0)", get("/"))).isFalse();
    assertThat(holds("Traffic(1)", get("/"))).isTrue();
    assertThat(holds("Traffic(0, \"g\", \"B\")", with("Cookie", "g=B"))).isTrue();
    assertThat(holds("Traffic(1, \"g\", \"B\")", with("Cookie", "g=A"))).isFalse();
    assertThat(holds("Traffic(1, \"g\", \"B\")", get("/"))).isTrue();
    assertThat(holds("Traffic(0, \"g\", \"\")", with("Cookie", "g="))).isFalse();
  }

  @Test
  void drawsOneNumberForAllSegmentsOfARequest() {
    services.shared(Chance.class, "predicates", key -> new Random(7)::nextDouble);
    var table = TestTables.table("a: TrafficSegment(0, .4) -> <shunt>; b: TrafficSegment(.4, 1) -> <shunt>; c: * && Weight(-1) -> <shunt>;",
        services, false);
    for (int i = 0; i < 1_000; i++) {
      var request = get("/");
      String first = TestTables.id(table, request);
      assertThat(first).isNotEqualTo("c");
      assertThat(TestTables.id(table, request)).isEqualTo(first);
    }
    assertThat(holds("TrafficSegment(.5, .5)", get("/"))).isFalse();
  }

  @Test
  void comparesLengths() {
    assertThat(holds("ContentLengthBetween(0, 10)", get("/"))).isTrue();
    assertThat(holds("ContentLengthBetween(0, 10)", get("/").contentLength(-1))).isFalse();
    assertThat(holds("ContentLengthBetween(5, 10)", get("/").contentLength(10))).isFalse();
    assertThat(holds("ContentLengthBetween(5.9, 10)", get("/").contentLength(5))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "ForwardedHost(\"^b$\") | host=a, host=b | true", "ForwardedHost(\"^b$\") | for=1.2.3.4; Host=\"b\" ;proto=http | true",
    "ForwardedHost(\"^b$\") | host=a | false", "ForwardedHost(\"^$\") | proto=http | true", "ForwardedHost(\"^a,b$\") | host=\"a,b\" | true",
    "ForwardedHost(/^a\"b$/) | host=\"a\\\"b\" | true", "ForwardedProtocol(\"https\") | PROTO=HTTPS | true",
    "ForwardedProtocol(\"https\") | proto=http | false", "ForwardedProtocol(\"https\") | host=a;proto=https, proto=\"\" | true"
  })
  void readsTheForwardedHeader(String predicate, String header, boolean expected) {
    assertThat(holds(predicate, with("Forwarded", header))).isEqualTo(expected);
  }

  @Test
  void needsTheForwardedHeaderAndJoinsItsLines() {
    assertThat(holds("ForwardedHost(\"^$\")", get("/"))).isFalse();
    assertThat(holds("ForwardedHost(\"^$\")", with("Forwarded", ""))).isFalse();
    assertThat(holds("ForwardedHost(\"^b$\")", with("Forwarded", "host=a", "Forwarded", "host=b;proto=http"))).isTrue();
  }

  private static PlainRequest token(String payload) {
    String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(payload.getBytes(StandardCharsets.UTF_8));
    return with("Authorization", "Bearer x." + encoded + ".");
  }

  @Test
  void readsClaimsThatAreTexts() {
    var request = token("{\"iss\": \"https://idp\", \"sub\": \"anna\", \"level\": 3, \"deep\": {\"sub\": \"bert\"}, \"roles\": [\"a\"]}");
    assertThat(holds("JWTPayloadAnyKV(\"iss\", \"no\", \"sub\", \"anna\")", request)).isTrue();
    assertThat(holds("JWTPayloadAnyKV(\"sub\", \"bert\", \"level\", \"3\")", request)).isFalse();
    assertThat(holds("JWTPayloadAllKV(\"iss\", \"https://idp\", \"sub\", \"anna\")", request)).isTrue();
    assertThat(holds("JWTPayloadAllKV(\"sub\", \"bert\", \"sub\", \"anna\")", request)).isFalse();
    assertThat(holds("JWTPayloadAnyKVRegexp(\"roles\", \"a\", \"sub\", \"^an\")", request)).isTrue();
    assertThat(holds("JWTPayloadAllKVRegexp(\"sub\", \"^an\", \"sub\", \"na$\")", request)).isTrue();
    assertThat(holds("JWTPayloadAllKVRegexp(\"sub\", \"^an\", \"aud\", \".*\")", request)).isFalse();
    request.headers().set("Authorization", "Bearer broken");
    assertThat(holds("JWTPayloadAnyKV(\"sub\", \"anna\")", request)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer a.b", "Bearer a.b.c", "Bearer x.eyJzdWIiOiJhIn0.s.x", "Bearer x.WzFd.s", "Bearer x.ew.s", "Basic x.eyJzdWIiOiJhIn0.s",
      "x.eyJzdWIiOiJhIn0.s", "Bearer x.eyJzdWIiOiJhIn0=.s", "Bearer x.eyJzdWIiOiJhIn0g.s", "Bearer x.eyJzdWIiOiJhIn1d.s"})
  void matchesNoBrokenToken(String authorization) {
    boolean spaceBehind = authorization.contains("In0g");
    assertThat(holds("JWTPayloadAnyKVRegexp(\"sub\", \".*\")", with("Authorization", authorization))).isEqualTo(spaceBehind);
    assertThat(holds("JWTPayloadAnyKVRegexp(\"sub\", \".*\")", with("Authorization", "bearer  x.eyJzdWIiOiJhIn0.s"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "OTelBaggage(\"tenant\", \"blue\") | a=1, tenant = blue ;ttl=5,b=2 | true", "OTelBaggage(\"tenant\", \"blue\") | tenant=green | false",
    "OTelBaggage(\"tenant\") | Tenant=blue | false", "OTelBaggage(\"tenant\", \"\") | tenant=x | true", "OTelBaggage(\"t\", \"a b\") | t=a%20b | true",
    "OTelBaggage(\"t\") | t=%zz | false", "OTelBaggage(\"t\") | =,,t | false"
  })
  void readsBaggage(String predicate, String header, boolean expected) {
    assertThat(holds(predicate, with("Baggage", header))).isEqualTo(expected);
  }

  @Test
  void followsTheGatewaysState() {
    assertThat(holds("Shutdown()", get("/"))).isFalse();
    ShutdownSignal.of(services).give();
    assertThat(holds("Shutdown()", get("/"))).isTrue();
    var request = get("/");
    assertThat(holds("Listener(\"main\")", request)).isTrue();
    assertThat(holds("Listener(\"support\")", request)).isFalse();
    request.attributes().put(Listener.NAME, "support");
    assertThat(holds("Listener(\"main\")", request)).isFalse();
    assertThat(holds("Listener(\"main\", \"support\")", request)).isTrue();
    assertThat(holds("Tee(\"A\")", with("x-tee-loopback-key", "A"))).isTrue();
    assertThat(holds("Tee(\"A\")", with("x-tee-loopback-key", "a"))).isFalse();
    assertThat(holds("True(1, \"x\")", request)).isTrue();
    assertThat(holds("False(0)", request)).isFalse();
    assertThat(holds("PathSubtree(\"\")", get("/any"))).isTrue();
  }

  @Test
  void weighsAsSkipperDoes() {
    var table = TestTables.table("""
        h2: Path("/h") && Host("a") && Host("t") -> <shunt>; h1: Path("/h") && Host("a") -> <shunt>;
        r1: Path("/r") && HeaderRegexp("X-A", "1") && HeaderRegexp("x-a", "2") -> <shunt>; r2: Path("/r") && True() && Method("GET") -> <shunt>;
        w1: Path("/w") && Weight(1.9) && Weight(1.9) && Weight(1.9) -> <shunt>; w2: Path("/w") && Weight(4) -> <shunt>;
        s1: Path("/s") && TrafficSegment(0, 1) -> <shunt>; s2: Path("/s") && Method("GET") -> <shunt>;
        n1: Path("/n") && Method("GET") && Weight(-2) -> <shunt>; n2: Path("/n") -> <shunt>;""", services, false);
    assertThat(TestTables.id(table, get("http://a.test/h"))).isEqualTo("h2");
    assertThat(TestTables.id(table, get("/r").header("X-A", "12"))).isEqualTo("r2");
    assertThat(TestTables.get(table, "/w")).isEqualTo("w2");
    assertThat(TestTables.get(table, "/s")).isEqualTo("s2");
    assertThat(TestTables.get(table, "/n")).isEqualTo("n2");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "HostAny() | HostAny needs one more argument: hostNames", "Methods(\"BREW\") | Methods: method \"BREW\" is not allowed; Method takes any name",
    "HeaderSHA256(\"X\", \"abcd\") | HeaderSHA256: a hash must have 64 hexadecimal digits", "Source(\"0.0.0.0\") | Source: the unspecified address matches no client; for every client write \"0.0.0.0/0\"",
    "After(\"2020-01-01\") | After: \"2020-01-01\" is no time of the form 2030-01-31T12:00:00Z or 2030-01-31T12:00:00+01:00",
    "After(\"2020-01-01t00:00:00Z\") | After: \"2020-01-01t00:00:00Z\" is no time of the form 2030-01-31T12:00:00Z or 2030-01-31T12:00:00+01:00",
    "After(\"2020-02-30T00:00:00Z\") | After: \"2020-02-30T00:00:00Z\" is no time of the form 2030-01-31T12:00:00Z or 2030-01-31T12:00:00+01:00",
    "After(0, \"UTC\") | After: a number of seconds takes no time zone", "Before(\"2020-01-01T00:00:00\", \"Nowhere/City\") | Before: unknown time zone \"Nowhere/City\"; write a name such as \"Europe/Berlin\"",
    "Between(0, \"2120-01-01T00:00:00Z\") | Between: begin and end must both be texts or both be numbers", "Between(5, 5) | Between: begin must be before end",
    "Cron(\"* * * *\") | Cron: a mask has five fields, but \"* * * *\" has 4", "Cron(\"* * * * 7\") | Cron: \"7\" is no number from 0 to 6, which field 5 takes",
    "Cron(\"* 5-7, * * *\") | Cron: \"\" is no number from 0 to 23, which field 2 takes", "Traffic(1, \"c\") | Traffic: a cookie needs a group",
    "TrafficSegment(1, 0) | TrafficSegment: min must not be greater than max", "ContentLengthBetween(0.5, 0.9) | ContentLengthBetween: min must be less than max",
    "ForwardedHost(\"\") | ForwardedHost: the expression must not be empty", "Tee(\"\") | Tee: the label must not be empty",
    "JWTPayloadAnyKV(\"a\", \"b\", \"c\") | JWTPayloadAnyKV: claims and values come in pairs, but there are 3 arguments",
    "OTelBaggage(\"\") | OTelBaggage: the key must not be empty"
  })
  void refusesArguments(String predicate, String message) {
    assertThat(TestTables.build("r: " + predicate + " -> <shunt>;").problems()).singleElement()
        .extracting(problem -> problem.message()).isEqualTo(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Methods()", "Methods(\"GET\", 1)", "QueryParam()", "QueryParam(\"x\", 1)", "QueryParam(\"x\", \"(\")", "Cookie(\"c\")", "Cookie(\"c\", \"[\")",
      "Source()", "Source(\"localhost\")", "Source(\"127.0.0.1/33\")", "ClientIP(\"127.0.0\")", "Traffic(2)", "Traffic(\"1\")", "Traffic(1, \"c\", 2)",
      "TrafficSegment(-0.1, 1)", "TrafficSegment(0, .5, 1)", "ContentLengthBetween(-1, 10)", "ForwardedProtocol(\"HTTP\")", "Shutdown(1)", "Weight()",
      "Weight(\"5\")", "Weight(1, 2)", "JWTPayloadAllKVRegexp(\"iss\", \"(\")", "OTelBaggage(\"x\", 1)", "Listener()", "PathSubtree(1)", "Cron(5)", "After()"})
  void refusesOtherArguments(String predicate) {
    assertThat(TestTables.build("r: " + predicate + " -> <shunt>;").problems()).isNotEmpty();
  }

  @Test
  void refusesAnUnknownListenerWhenTheRouteIsCompiled() {
    var compiled = new RouteCompiler(services, route -> new RunningBackend() {}, false)
        .compile(TestTables.definitions("r: Listener(\"nope\") -> <shunt>;"), IndexedTable.empty());
    assertThat(compiled.problems()).singleElement().extracting(problem -> problem.message()).isEqualTo("Listener: there is no listener \"nope\"");
  }
}
