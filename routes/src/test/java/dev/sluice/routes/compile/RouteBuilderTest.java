package dev.sluice.routes.compile;

import static dev.sluice.routes.TestTables.build;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.grammar.Diagnostic;
import dev.sluice.grammar.RouteParser;
import dev.sluice.grammar.SourceText;
import dev.sluice.routes.TestTables;
import dev.sluice.routes.model.Backend.BalancedBackend;
import dev.sluice.routes.model.Backend.NetworkBackend;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.model.RouteDefinition;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteBuilderTest {
  private static String problem(String text) {
    List<Diagnostic> problems = build(text).problems();
    assertThat(problems).hasSize(1);
    Diagnostic problem = problems.getFirst();
    return problem.source().text(problem.span()) + " | " + problem.message() + " [GW" + problem.code().code().replace("GW", "") + "] | "
        + problem.help();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '§', quoteCharacter = '^', value = {
    "r: Pathh('/a') -> <shunt>; § Pathh | unknown predicate 'Pathh' [GW2002] | did you mean Path(path)?",
    "r: * -> nope() -> <shunt>; § nope | unknown filter 'nope' [GW2001] | null",
    "r: * -> Method('GET') -> <shunt>; § Method | unknown filter 'Method': it is a predicate [GW2001] | move it before the first ->: predicates are joined by &&",
    "r: Path('/a') && PathSubtree('/b') -> <shunt>; § PathSubtree('/b') | a route has one path, but there is a second [GW2101] | keep one, or write a route for each path",
    "r: Header('X-A', '1') && Header('x-a', '2') -> <shunt>; § Header('x-a', '2') | repeated predicate 'Header' [GW2102] | keep one, or use HeaderRegexp, which may be repeated",
    "r: Any('x', 1) -> <shunt>; § Any('x', 1) | Any takes no arguments [GW2003] | write *",
    "r: Path('/v:version') -> <shunt>; § '/v:version' | Path: a wildcard takes a whole segment, but 'v:version' has one inside [GW2005] | write Path(path)",
    "r: Path('/a/*x/b') -> <shunt>; § '/a/*x/b' | Path: free wildcard '*x' must be the last segment [GW2005] | write Path(path)",
    "r: Path('') -> <shunt>; § '' | Path: the path must not be empty [GW2005] | write Path(path)",
    "r: * -> '127.0.0.1:80'; § '127.0.0.1:80' | address '127.0.0.1:80' has no scheme [GW2103] | write 'http://127.0.0.1:80'",
    "r: * -> ''; § '' | address '' is empty [GW2103] | write a URL like 'http://10.0.0.1:8080'",
    "r: * -> 'postgres://a'; § 'postgres://a' | address 'postgres://a' has the scheme 'postgres', which cannot be called [GW2103] | write a URL like 'http://10.0.0.1:8080'",
    "r: * -> 'http://a:0'; § 'http://a:0' | address 'http://a:0' has the port '0', which is no number from 1 to 65535 [GW2103] | write a URL like 'http://10.0.0.1:8080'",
    "r: * -> 'http:///x'; § 'http:///x' | address 'http:///x' has no host [GW2103] | write a URL like 'http://10.0.0.1:8080'",
    "r: * -> 'fastcgi://a'; § 'fastcgi://a' | address 'fastcgi://a' needs a port [GW2103] | write a URL like 'http://10.0.0.1:8080'",
    "r: * -> <'http://a?weight=x'>; § 'http://a?weight=x' | address 'http://a?weight=x' has the weight 'x', which is no whole number from 0 to 65535 [GW2103] | write a URL like 'http://10.0.0.1:8080'",
    "r: * -> <noSuch, 'http://a'>; § noSuch | unknown balancing algorithm 'noSuch' [GW2007] | null",
    "r: * -> <forward>; § <forward> | <forward> has no address to go to [GW2104] | give the gateway one by -forward-backend-url"
  })
  void saysWhatIsWrong(String route, String expected) {
    assertThat(problem(route.replace('\'', '"'))).isEqualTo(expected.replace('\'', '"'));
  }

  @Test
  void reportsAllProblemsAndKeepsTheOtherRoutes() {
    var built = build("""
        bad: Path("/a:b") && Nope() -> nope() -> "x";
        good: Path("/good") -> <shunt>;
        worse: Hostt("a") -> <shunt>;""");
    assertThat(built.routes()).extracting(RouteDefinition::id).containsExactly("good");
    assertThat(built.problems()).extracting(Diagnostic::routeId).containsExactly("bad", "bad", "bad", "bad", "worse");
  }

  @Test
  void readsAddresses() {
    assertThat(network("http://Example.org/path?x=1"))
        .isEqualTo(new Endpoint("http://Example.org/path?x=1", "http", "example.org", 80, "example.org", "", 1, false));
    assertThat(network("HTTPS://u:p@[::1]:8443"))
        .isEqualTo(new Endpoint("HTTPS://u:p@[::1]:8443", "https", "::1", 8443, "[::1]:8443", "", 1, false));
    assertThat(network("fastcgi://127.0.0.1:9000").port()).isEqualTo(9000);
  }

  @Test
  void readsBalancedEndpoints() {
    var backend = (BalancedBackend) TestTables.definitions("""
        r: * -> <"http://10.0.0.1:80/?weight=3&zone=eu-1", "http://10.0.0.2?zone=a", "http://10.0.0.3?x=1&weight=0">;""").getFirst().backend();
    assertThat(backend.algorithm()).isEqualTo("roundRobin");
    assertThat(backend.endpoints()).containsExactly(
        new Endpoint("http://10.0.0.1:80/", "http", "10.0.0.1", 80, "10.0.0.1:80", "eu-1", 3, true),
        new Endpoint("http://10.0.0.2", "http", "10.0.0.2", 80, "10.0.0.2", "a", 1, false),
        new Endpoint("http://10.0.0.3?x=1", "http", "10.0.0.3", 80, "10.0.0.3", "", 0, true));
  }

  @Test
  void refusesFiltersThatAreSwitchedOff() {
    var parsed = RouteParser.parse(SourceText.of("t", "r: * -> off() -> <shunt>;"));
    var built = RouteBuilder.build(parsed.file(), RouteCompilerTest.CATALOG, new RouteBuilder.Options(Set.of("off")));
    assertThat(built.routes()).isEmpty();
    assertThat(built.problems()).singleElement().extracting(Diagnostic::message).isEqualTo("filter \"off\" is switched off here");
  }

  private static Endpoint network(String address) {
    return ((NetworkBackend) TestTables.definitions("r: * -> \"" + address + "\";").getFirst().backend()).endpoint();
  }
}
