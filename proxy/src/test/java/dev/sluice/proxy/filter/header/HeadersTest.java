package dev.sluice.proxy.filter.header;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.filter.FakeExchange;
import dev.sluice.proxy.filter.Filters;
import dev.sluice.routes.spi.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Filters of request and response headers.
class HeadersTest {
  private static FakeExchange request(String call, FakeExchange x) throws Exception {
    assertThat(Filters.running(call).request(x)).isEqualTo(Verdict.CONTINUE);
    return x;
  }

  private static FakeExchange response(String call, FakeExchange x) throws Exception {
    assertThat(Filters.running(call).response(x)).isEqualTo(Verdict.CONTINUE);
    return x;
  }

  @Test
  void settingReplacesAndAppendingKeeps() throws Exception {
    FakeExchange x = FakeExchange.get("/", "X-A", "1", "X-A", "2");
    request("appendRequestHeader(\"x-a\", \"3\")", x);
    assertThat(x.request().headers().all("X-A")).containsExactly("1", "2", "3");
    request("setRequestHeader(\"X-A\", \"\")", x);
    assertThat(x.request().headers().all("X-A")).containsExactly("");
  }

  @Test
  void aMissingPlaceholderChangesNothing() throws Exception {
    FakeExchange x = FakeExchange.get("/?a=%24%7Brequest.method%7D", "X-A", "1");
    request("setRequestHeader(\"X-A\", \"${request.header.X-B}\")", x);
    assertThat(x.request().headers().all("X-A")).containsExactly("1");
    request("setRequestHeader(\"X-A\", \"${request.query.a}\")", x);
    assertThat(x.request().headers().all("X-A")).as("expanded once").containsExactly("${request.method}");
  }

  @Test
  void hostIsWhatTheBackendGets() throws Exception {
    FakeExchange x = FakeExchange.get("/", "Host", "www.example.org:99");
    request("setRequestHeader(\"host\", \"inner.example.org\")", x);
    assertThat(x.outgoing().host()).isEqualTo("inner.example.org");
    assertThat(x.request().host()).isEqualTo("www.example.org:99");
    request("setRequestHeader(\"X-Saw\", \"${request.host} ${request.header.Host}\")", x);
    assertThat(x.request().headers().first("X-Saw")).isEqualTo("www.example.org:99 inner.example.org");
    request("modRequestHeader(\"Host\", \"^inner\", \"outer\")", x);
    assertThat(x.outgoing().host()).isEqualTo("outer.example.org");
    request("copyRequestHeader(\"Host\", \"X-Copy\")", x);
    assertThat(x.request().headers().first("X-Copy")).isEqualTo("outer.example.org");
    FakeExchange plain = FakeExchange.get("/", "Host", "a.test");
    request("copyRequestHeader(\"Host\", \"X-Copy\")", plain);
    assertThat(plain.request().headers().contains("X-Copy")).isFalse();
    request("modRequestHeader(\"Host\", \"nothing\", \"x\")", plain);
    assertThat(plain.outgoing().host()).as("set even without a match").isEqualTo("a.test");
  }

  @Test
  void modifyingKeepsTheFirstLineAlone() throws Exception {
    FakeExchange x = FakeExchange.get("/", "X-P", "/v1/a/v2/", "X-P", "b");
    request("modRequestHeader(\"X-P\", \"/v(\\\\d)/\", \"/version-$1/\")", x);
    assertThat(x.request().headers().all("X-P")).containsExactly("/version-1/a/version-2/");
    request("modRequestHeader(\"X-P\", \"(?P<all>.+)\", \"$$1 ${all}!$1x.\")", x);
    assertThat(x.request().headers().all("X-P")).containsExactly("$1 /version-1/a/version-2/!.");
    request("modRequestHeader(\"X-None\", \"^$\", \"x\")", x);
    assertThat(x.request().headers().contains("X-None")).isFalse();
  }

  @Test
  void matchingLinesAreDropped() throws Exception {
    FakeExchange x = FakeExchange.get("/", "X-T", "internal-a", "X-T", "public", "X-T", "internal-b");
    request("dropRequestHeaderRegexp(\"x-t\", \"^internal-\")", x);
    assertThat(x.request().headers().all("X-T")).containsExactly("public");
    FakeExchange empty = FakeExchange.get("/", "X-T", "", "X-T", "internal");
    request("dropRequestHeaderRegexp(\"X-T\", \"internal\")", empty);
    assertThat(empty.request().headers().all("X-T")).containsExactly("", "internal");
  }

  @Test
  void framingIsNotForFilters() throws Exception {
    FakeExchange x = FakeExchange.get("/").answered(200, "Content-Length", "5");
    response("setResponseHeader(\"content-length\", \"7\")", x);
    assertThat(x.response().headers().first("Content-Length")).isEqualTo("5");
  }

  @Test
  void corsEchoesListedOrigins() throws Exception {
    FakeExchange x = FakeExchange.get("/", "Origin", "https://a.test").answered(200);
    response("corsOrigin(\"https://a.test\")", x);
    assertThat(x.response().headers().first("Access-Control-Allow-Origin")).isEqualTo("https://a.test");
    FakeExchange other = FakeExchange.get("/", "Origin", "https://b.test").answered(200);
    response("corsOrigin(\"https://a.test\")", other);
    assertThat(other.response().headers().size()).isZero();
  }

  @Test
  void flowIdsAreMadeOrReused() throws Exception {
    for (String bad : List.of("1234567", "a".repeat(65), "has_underscore", "has space in")) {
      FakeExchange x = request("flowId(\"REUSE\")", FakeExchange.get("/", "X-Flow-Id", bad));
      assertThat(x.request().headers().first("X-Flow-Id")).matches("[0-9a-zA-Z+-]{16}");
    }
    FakeExchange kept = request("flowId(\"reuse\", 30)", FakeExchange.get("/", "X-Flow-Id", "client-id-0001"));
    assertThat(kept.request().headers().first("X-Flow-Id")).isEqualTo("client-id-0001");
    FakeExchange fresh = request("flowId(\"keep\")", FakeExchange.get("/", "X-Flow-Id", "client-id-0001"));
    assertThat(fresh.request().headers().first("X-Flow-Id")).isNotEqualTo("client-id-0001");
  }

  @Test
  void forwardedAddressesAreJoined() throws Exception {
    FakeExchange x = FakeExchange.get("/", "Host", "a.test", "X-Forwarded-For", "10.0.0.1", "X-Forwarded-For", "10.0.0.2");
    String peer = x.request().peerText();
    request("xforward()", x);
    assertThat(x.request().headers().all("X-Forwarded-For")).containsExactly("10.0.0.1, 10.0.0.2, " + peer);
    request("xforwardFirst()", x);
    assertThat(x.request().headers().all("X-Forwarded-For")).containsExactly(peer + ", 10.0.0.1, 10.0.0.2, " + peer);
    assertThat(x.request().headers().first("X-Forwarded-Host")).isEqualTo("a.test");
  }

  @Test
  void badNamesAndPatternsAreRefused() {
    assertThat(Filters.refusal("setRequestHeader(\"X A\", \"1\")")).containsExactly("setRequestHeader: name is no header name: \"X A\"");
    assertThat(Filters.refusal("modRequestHeader(\"X-A\", \"(\", \"x\")"))
        .containsExactly("modRequestHeader: pattern is no regular expression: missing closing ) in \"(\"");
    assertThat(Filters.refusal("setRequestHeader(7, \"x\")"))
        .containsExactly("setRequestHeader: name must be a header name, not the number 7");
    assertThat(Filters.refusal("setRequestHeader(\"X-A\")")).containsExactly("setRequestHeader needs one more argument: value");
    assertThat(Filters.refusal("setRequestHeader(\"X-A\", \"1\", \"2\")"))
        .containsExactly("setRequestHeader takes at most 2 arguments, but there are 3");
    assertThat(Filters.refusal("preserveHost(\"True\")"))
        .containsExactly("preserveHost: preserve must be \"true\" or \"false\", not \"True\"");
  }
}
