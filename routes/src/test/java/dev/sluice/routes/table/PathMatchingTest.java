package dev.sluice.routes.table;

import static dev.sluice.routes.TestTables.get;
import static dev.sluice.routes.TestTables.id;
import static dev.sluice.routes.TestTables.table;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.routes.TestServices;
import dev.sluice.routes.model.RequestTarget;
import org.junit.jupiter.api.Test;

class PathMatchingTest {
  private static void expect(IndexedTable table, String... targetsAndIds) {
    for (int i = 0; i < targetsAndIds.length; i += 2) {
      assertThat(get(table, targetsAndIds[i])).as(targetsAndIds[i]).isEqualTo(targetsAndIds[i + 1]);
    }
  }

  private static String parameter(IndexedTable table, String target, String name) {
    return table.match(PlainRequest.of("GET", target), null).parameter(name);
  }

  @Test
  void takesTheWholePath() {
    var table = table("""
        home: Path("/") -> <shunt>; items: Path("/items") -> <shunt>; cart: Path("/cart/view") -> <shunt>; noslash: Path("a/b") -> <shunt>;
        clean: Path("/shop//list/./old/../new") -> <shunt>; up: Path("/../up") -> <shunt>; slash: Path("/s/") -> <shunt>;""");
    expect(table, "/", "home", "/items", "items", "/items?page=2", "items", "/?x=/items", "home", "/cart/view", "cart", "/item", "-",
        "/items1", "-", "/cart", "-", "/cart/view/all", "-", "/items/", "-", "/a/b", "noslash", "/shop/list/new", "clean", "/up", "up",
        "/s/", "slash", "/s", "-", "/Items", "-", "//items", "items", "/cart//view", "cart", "/cart%2Fview", "cart", "/%69tems", "items");
  }

  @Test
  void prefersLiteralToWildcardToFreeWildcard() {
    var table = table("""
        free: Path("/p/*rest") -> <shunt>; wild: Path("/p/:x") -> <shunt>; lit: Path("/p/new") -> <shunt>;
        deep: Path("/a/b/c") -> <shunt>; awild: Path("/a/:x/d") -> <shunt>; afree: Path("/a/*rest") -> <shunt>;
        sub: PathSubtree("/") -> <shunt>;""");
    expect(table, "/p/new", "lit", "/p/old", "wild", "/p/new/", "free", "/p/newer", "wild", "/p/a/b", "free", "/p/", "sub", "/p", "sub",
        "/a/b/c", "deep", "/a/b/d", "awild", "/a/b/e", "afree", "/a/b", "afree", "/a/x/c", "afree", "/a/x/d", "awild", "/", "sub");
  }

  @Test
  void comesBackWhenOtherPredicatesFail() {
    var table = table("""
        lit: Path("/x/a") && Method("POST") -> <shunt>; wild: Path("/x/:p") && Header("X-Beta", "1") -> <shunt>;
        free: Path("/x/*r") && Method("GET") -> <shunt>; sub: PathSubtree("/x") && Method("PUT") -> <shunt>; all: * -> <shunt>;""");
    assertThat(id(table, PlainRequest.of("POST", "/x/a"))).isEqualTo("lit");
    assertThat(id(table, PlainRequest.of("GET", "/x/a"))).isEqualTo("free");
    assertThat(id(table, PlainRequest.of("GET", "/x/a").header("x-beta", "1"))).isEqualTo("wild");
    assertThat(id(table, PlainRequest.of("PUT", "/x/a"))).isEqualTo("sub");
    assertThat(id(table, PlainRequest.of("DELETE", "/x/a"))).isEqualTo("all");
  }

  @Test
  void takesSubtreesOnSegmentBorders() {
    var table = table("""
        one: PathSubtree("/a") -> <shunt>; two: PathSubtree("/a/b/") -> <shunt>; star: PathSubtree("/t/*") -> <shunt>;
        photos: PathSubtree("/users/:name/photos") -> <shunt>;""");
    expect(table, "/a", "one", "/a/", "one", "/a/x", "one", "/a/b", "two", "/a/b/", "two", "/a/bc", "one", "/a/b/c/d", "two", "/ab", "-",
        "/", "-", "/t", "star", "/t/", "star", "/t/1/2", "star", "/users/anna/photos", "photos", "/users/anna/photos/1", "photos",
        "/users/anna/photosets", "-", "/users//photos", "-");
  }

  @Test
  void givesValuesOfWildcards() {
    var table = table("""
        r: Path("/:tenant/files/*path") -> <shunt>; s: PathSubtree("/docs") -> <shunt>; t: PathSubtree("/book/*page") -> <shunt>;
        u: Path("/s/*") -> <shunt>; v: Path("/d/**") -> <shunt>; w: Path("/m/:x/:") -> <shunt>; x: Path("/twice/:a/:a") -> <shunt>;
        y: Path("/both/:z/*z") -> <shunt>;""");
    assertThat(parameter(table, "/acme/files/a/b", "tenant")).isEqualTo("acme");
    assertThat(parameter(table, "/acme/files/a/b", "path")).isEqualTo("/a/b");
    assertThat(parameter(table, "/docs", "*")).isEqualTo("/");
    assertThat(parameter(table, "/docs/", "*")).isEqualTo("/");
    assertThat(parameter(table, "/docs//a/b/", "*")).isEqualTo("/a/b/");
    assertThat(parameter(table, "/book/1/2", "page")).isEqualTo("/1/2");
    assertThat(parameter(table, "/book/1", "*")).isNull();
    assertThat(parameter(table, "/s/x", "*")).isEqualTo("/x");
    assertThat(parameter(table, "/d/x/y", "*")).isEqualTo("/x/y");
    assertThat(parameter(table, "/m/1/2", "x")).isEqualTo("1");
    assertThat(parameter(table, "/twice/1/2", "a")).isEqualTo("1");
    assertThat(parameter(table, "/both/1/2", "z")).isEqualTo("/2");
    assertThat(parameter(table, "/a%252Fb+c%20d/files/x", "tenant")).isEqualTo("a%2Fb+c d");
  }

  @Test
  void ranksBelowPlaces() {
    var table = table("""
        lit: Path("/p") -> <shunt>; sub: PathSubtree("/") && Method("GET") && Header("a", "b") -> <shunt>; all: Method("GET") -> <shunt>;
        one: Path("/one") && Method("GET") -> <shunt>; ones: PathSubtree("/one") -> <shunt>; same: Path("/p") -> <shunt>;""");
    expect(table, "/p", "lit", "/x", "all", "/one", "one", "/one/", "ones");
  }

  @Test
  void ignoresTrailingSlashesOnDemand() {
    var table = table("""
        no: Path("/foo") -> <shunt>; yes: Path("/bar/") -> <shunt>; root: Path("/") -> <shunt>; one: Path("/o/:x") -> <shunt>;
        free: Path("/f/*y") -> <shunt>; sub: PathSubtree("/s") -> <shunt>; rx: Path("/a") && PathRegexp("/$") -> <shunt>;""",
        new TestServices(), true);
    expect(table, "/foo", "no", "/foo/", "no", "/bar/", "yes", "/bar", "yes", "/", "root", "/foo//", "no", "/foo/x/", "-", "/o/1/", "one",
        "/o/", "-", "/f/a/b/", "free", "/f/", "-", "/f", "-", "/s", "sub", "/s/", "sub", "/s/a/", "sub", "/sa", "-", "/a/", "rx", "/a", "-");
    assertThat(parameter(table, "/f/a/b/", "y")).isEqualTo("/a/b");
    assertThat(parameter(table, "/s/", "*")).isEqualTo("/");
  }

  @Test
  void keepsReservedCharactersApartOnDemand() {
    var table = table("""
        enc: Path("/foo%2Fbar") -> <shunt>; dec: Path("/foo/bar") -> <shunt>; one: Path("/:x") -> <shunt>;""");
    var options = new RequestTarget.Options(false, true, true);
    assertThat(id(table, PlainRequest.of("GET", "/foo%2Fbar", options))).isEqualTo("enc");
    assertThat(id(table, PlainRequest.of("GET", "/foo%2fbar", options))).isEqualTo("one");
    assertThat(id(table, PlainRequest.of("GET", "/foo%2Fbar"))).isEqualTo("dec");
  }

  @Test
  void allocatesNoMatchWithoutParameters() {
    var table = table("""
        a: Path("/a") -> <shunt>;""");
    var request = PlainRequest.of("GET", "/a");
    assertThat(table.match(request, null)).isSameAs(table.match(request, null));
  }

  @Test
  void tracesWhatWasTried() {
    var table = table("""
        lit: Path("/x/a") && Host("b") && Method("POST") -> <shunt>; wild: Path("/x/:p") -> <shunt>; all: * -> <shunt>;""");
    var seen = new StringBuilder();
    table.match(PlainRequest.of("GET", "http://b/x/a"), (route, failing) ->
        seen.append(route.id()).append(failing == null ? " matched;" : " fails at " + failing.name() + ";"));
    assertThat(seen).hasToString("lit fails at Method;wild matched;");
  }
}
