package dev.sluice.proxy.filter.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.filter.FakeExchange;
import dev.sluice.proxy.filter.Filters;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.Respond;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Filters of path, query and redirects.
class PathsTest {
  private static FakeExchange request(String call, FakeExchange x) throws Exception {
    assertThat(Filters.running(call).request(x)).isEqualTo(Verdict.CONTINUE);
    return x;
  }

  private static String location(String call, FakeExchange x) throws Exception {
    Verdict verdict = Filters.running(call).request(x);
    assertThat(verdict).isInstanceOf(Respond.class);
    return ((Respond) verdict).answer().headers().getFirst().value();
  }

  @Test
  void anUnchangedPathKeepsItsEncoding() throws Exception {
    assertThat(request("modPath(\"^/yes/\", \"/done/\")", FakeExchange.get("/no/a%2Fb")).request().encodedPath()).isEqualTo("/no/a%2Fb");
    assertThat(request("modPath(\"^/yes/\", \"/done/\")", FakeExchange.get("/yes/a%20b")).request().encodedPath()).isEqualTo("/done/a%20b");
    assertThat(request("setPath(\"plain\")", FakeExchange.get("/x")).request().encodedPath()).isEqualTo("/plain");
    assertThat(request("setPath(\"/100%25?x\")", FakeExchange.get("/x")).request().path()).isEqualTo("/100%25?x");
    assertThat(request("setPath(\"/u/${id}/end\")", FakeExchange.get("/x")).request().path()).isEqualTo("/u//end");
  }

  @Test
  void queriesAreWrittenAnew() throws Exception {
    assertThat(request("setQuery(\"lang\", \"de\")", FakeExchange.get("/p?lang=en&z=1&lang=fr&a=2")).request().query()).isEqualTo("a=2&lang=de&z=1");
    assertThat(request("setQuery(\"a b\", \"c&d=é\")", FakeExchange.get("/p")).request().query()).isEqualTo("a+b=c%26d%3D%C3%A9");
    assertThat(request("setQuery(\"q=a+b&x&q=%7e y\")", FakeExchange.get("/p?old=1")).request().query()).isEqualTo("q=a+b&x&q=%7e%20y");
    assertThat(request("setQuery(\"\")", FakeExchange.get("/p?a=1")).request().query()).isNull();
    assertThat(request("dropQuery(\"debug\")", FakeExchange.get("/p?debug=1")).request().query()).isNull();
    assertThat(request("dropQuery(\"none\")", FakeExchange.get("/p?b=2&a=9&b=1&u=%C3%A9&v=(*)!~'&f=%2f&&=c")).request().query())
        .isEqualTo("=c&a=9&b=2&b=1&f=%2F&u=%C3%A9&v=%28%2A%29%21~%27");
    assertThat(request("dropQuery(\"none\")", FakeExchange.get("/p")).request().query()).isNull();
  }

  @Test
  void parametersBecomeHeadersAndBack() throws Exception {
    FakeExchange x = request("stripQuery(\"TRUE\")", FakeExchange.get("/a?user_id=7&tag=a&tag=b&flag&%C3%A4=1"));
    assertThat(x.request().query()).isNull();
    assertThat(x.request().headers().first("X-Query-Param-Userid")).isEqualTo("7");
    assertThat(x.request().headers().all("X-Query-Param-Tag")).containsExactly("a", "b");
    assertThat(x.request().headers().all("X-Query-Param-Flag")).containsExactly("");
    assertThat(x.request().headers().all("X-Query-Param-U00e4")).containsExactly("1");
    assertThat(request("stripQuery(\"true\", \"true\")", FakeExchange.get("/a?x=1")).request().headers().size()).isZero();
    assertThat(request("stripQuery()", FakeExchange.get("/a?")).request().query()).isEmpty();
    assertThat(request("headerToQuery(\"X-T\", \"t\")", FakeExchange.get("/a?x=1", "X-T", "blue green&red")).request().query())
        .isEqualTo("t=blue+green%26red&x=1");
    assertThat(request("headerToQuery(\"X-T\", \"t\")", FakeExchange.get("/a?t=evil")).request().query()).isEqualTo("t=");
  }

  @Test
  void formattedValues() throws Exception {
    Map<String, String> formats = Map.of("<%s>", "<abc>", "100%% %s", "100% abc", "%6s|", "   abc|", "%-6s|", "abc   |");
    for (var format : formats.entrySet()) {
      FakeExchange x = request("queryToHeader(\"v\", \"X-A\", \"" + format.getKey() + "\")", FakeExchange.get("/?v=abc"));
      assertThat(x.request().headers().first("X-A")).isEqualTo(format.getValue().strip().equals(format.getValue()) ? format.getValue() : format.getValue().strip());
    }
    assertThat(request("queryToHeader(\"v\", \"X-A\")", FakeExchange.get("/?v=q", "X-A", "h")).request().headers().first("X-A")).isEqualTo("h");
    assertThat(Filters.refusal("queryToHeader(\"v\", \"X-A\", \"%d\")"))
        .containsExactly("queryToHeader: format must hold exactly one %s and no other verb: \"%d\"");
  }

  @Test
  void redirectsFillWhatIsMissing() throws Exception {
    Map<String, String> locations = Map.of(
        "", "https://in.example.org:81/some/path?foo=1",
        "http:", "http://in.example.org:81/some/path?foo=1",
        "//other.example.org", "https://other.example.org/some/path?foo=1",
        "/x", "https://in.example.org:81/x?foo=1",
        "?n=3", "https://in.example.org:81/some/path?n=3",
        "/x?n=3", "https://in.example.org:81/x?n=3",
        "https://me:pw@o.example.org/p#frag", "https://o.example.org/p?foo=1#frag",
        "/v2/${id}", "https://in.example.org:81/v2/$%7Bid%7D?foo=1");
    for (var each : locations.entrySet()) {
      assertThat(location("redirectTo(308, \"" + each.getKey() + "\")", FakeExchange.get("/some/path?foo=1", "Host", "in.example.org:81")))
          .isEqualTo(each.getValue());
    }
    assertThat(location("redirectTo(302)", FakeExchange.get("/a%2Fb", "Host", "h"))).isEqualTo("https://h/a%2Fb");
    assertThat(Filters.refusal("redirectTo(301, \"http://[::1\")"))
        .containsExactly("redirectTo: location is no URL: unbalanced brackets in the host in \"http://[::1\"");
    assertThat(Filters.refusal("redirectTo(99)")).containsExactly("redirectTo: code must be from 200 to 999, not 99");
  }

  @Test
  void redirectsInLowerCaseKeepEncodedSlashes() throws Exception {
    assertThat(location("redirectToLower(308)", FakeExchange.get("/Some/A%2FB%20C/%C3%84?Key=Value", "Host", "H.test")))
        .isEqualTo("https://H.test/some/a%2Fb%20c/%C3%A4?Key=Value");
  }
}
