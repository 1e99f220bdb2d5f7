package dev.sluice.routes.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.routes.model.RequestTarget.Options;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {
  private static final Options STRICT = new Options(true, false, true);
  private static final Options RFC_PATH = new Options(false, true, true);
  private static final Options ANY_QUERY = new Options(false, false, false);

  private static RequestTarget parse(String raw) {
    var target = RequestTarget.parse(raw, Options.DEFAULT);
    assertThat(target.refusal()).as(raw).isNull();
    return target;
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/a/b", "//a///b", "/a;v=1/b", "/f(x)=[y]", "/u/anna@example.org", "/a/...", "/a.b/c..d", "/$&+,!*'~"})
  void takesPlainPathsAsTheyAre(String raw) {
    assertThat(parse(raw).path()).isEqualTo(raw);
    assertThat(parse(raw).encodedPath()).isEqualTo(raw);
    assertThat(parse(raw).query()).isNull();
  }

  @Test
  void allocatesNoSecondTextForAPlainPath() {
    String raw = "/catalog/items/4711";
    assertThat(parse(raw).path()).isSameAs(raw);
    assertThat(parse(raw).encodedPath()).isSameAs(raw);
  }

  @ParameterizedTest
  @CsvSource({
    "/a%2Fb, /a/b", "/a%2fb, /a/b", "/%61bc, /abc", "/%252e%252e/x, /%2e%2e/x", "/a%3Fb%23%3B, /a?b#;", "/x%20y+z, /x y+z",
    "/stra%C3%9Fe, /straße", "/%7euser, /~user", "/a%5Cb, /a\\b", "/a%2F%2Fb, /a//b", "/a%0Ab, '/a\nb'"
  })
  void decodesOnceForMatchingAndForwardsAsReceived(String raw, String path) {
    assertThat(parse(raw).path()).isEqualTo(path);
    assertThat(parse(raw).encodedPath()).isEqualTo(raw);
  }

  @ParameterizedTest
  @CsvSource({
    "/straße, /straße, /stra%C3%9Fe", "/a|b^c, /a|b^c, /a%7Cb%5Ec", "/a\\b, /a\\b, /a%5Cb", "'/\"{}<>`', '/\"{}<>`', /%22%7B%7D%3C%3E%60",
    "/𝄞%2Fx, /𝄞/x, /%F0%9D%84%9E%2Fx"
  })
  void encodesWhatMustNotStandRaw(String raw, String path, String encoded) {
    assertThat(parse(raw).path()).isEqualTo(path);
    assertThat(parse(raw).encodedPath()).isEqualTo(encoded);
  }

  @Test
  void carriesBytesThatAreNotUtf8() {
    assertThat(parse("/a%FFb").path()).isEqualTo("/a\uDCFFb");
    assertThat(parse("/a%FFb").encodedPath()).isEqualTo("/a%FFb");
    assertThat(parse("/stra\uDCDFe").path()).isEqualTo("/stra\uDCDFe");
    assertThat(parse("/stra\uDCDFe").encodedPath()).isEqualTo("/stra%DFe");
  }

  @ParameterizedTest
  @CsvSource({
    "/a/../b, /b, /b", "/a/./b, /a/b, /a/b", "/.., /, /", "/., /, /", "/a/b/.., /a, /a", "/a/b/., /a/b/, /a/b/", "/a/b/../, /a/, /a/",
    "/a/%2e%2e/b, /b, /b", "/.%2E/x, /x, /x", "/a//b/../c, /a/c, /a/c", "/%41/./b%20c/x%2Fy, /A/b c/x/y, /%41/b%20c/x%2Fy",
    "/../../a, /a, /a", "/a%2Fb/../c, /a/c, /a/c", "/x/./|, /x/|, /x/%7C", "/a/..//, /, /"
  })
  void resolvesDotSegmentsInBothForms(String raw, String path, String encoded) {
    assertThat(parse(raw).path()).isEqualTo(path);
    assertThat(parse(raw).encodedPath()).isEqualTo(encoded);
  }

  @ParameterizedTest
  @CsvSource({
    "/a/..%2Fb, dot segment beside an encoded slash in the path", "/a%2f../b, dot segment beside an encoded slash in the path",
    "/a%2F.%2Fb, dot segment beside an encoded slash in the path", "/a/..%5cb, dot segment with a parameter or a backslash in the path",
    "/a\\..\\b, dot segment with a parameter or a backslash in the path", "/..;/admin, dot segment with a parameter or a backslash in the path",
    "/.;x=1/a, dot segment with a parameter or a backslash in the path", "/%2e%2e%3b/a, dot segment with a parameter or a backslash in the path",
    "/a%00b, NUL in the path", "/a%, broken percent escape in the path", "/a%2, broken percent escape in the path",
    "/a%zz, broken percent escape in the path", "/%u002e, broken percent escape in the path", "/%c0%ae, overlong UTF-8 in the path",
    "/%e0%80%af, overlong UTF-8 in the path", "/%F0%80%80%AF, overlong UTF-8 in the path",
    "/a#b, character in the path that must not stand there", "'/a b', character in the path that must not stand there",
    "'/a\tb', character in the path that must not stand there", "/a\u007f, character in the path that must not stand there",
    "/a\uFFFD, character in the path that must not stand there", "/?a#b, character in the query that must not stand there",
    "a/b, target is neither a path nor an absolute URL", "host:443, target is neither a path nor an absolute URL",
    "ftp://a/b, scheme of the target is neither http nor https", "http:///x, authority is empty", "http://u@a/, user information in the authority",
    "http://a%41/, character in the host that must not stand there", "'', empty target"
  })
  void refuses(String raw, String reason) {
    var refusal = RequestTarget.parse(raw, Options.DEFAULT).refusal();
    assertThat(refusal).isEqualTo(new RequestTarget.Refusal(400, reason));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/?a=1;b=2", "/?a=%zz", "/?%", "/?a=%2"})
  void refusesBrokenQueriesUnlessToldOtherwise(String raw) {
    assertThat(RequestTarget.parse(raw, Options.DEFAULT).refusal()).isEqualTo(new RequestTarget.Refusal(400, "Invalid query"));
    assertThat(RequestTarget.parse(raw, ANY_QUERY).query()).isEqualTo(raw.substring(2));
  }

  @ParameterizedTest
  @CsvSource({"/a?, ''", "/a??, ?", "/a?b?c=/../d, b?c=/../d", "'/?q={\"a\":1}|', 'q={\"a\":1}|'", "/?a=%00, a=%00", "/?&&a=1&, &&a=1&"})
  void keepsQueriesAsReceived(String raw, String query) {
    assertThat(parse(raw).query()).isEqualTo(query);
  }

  @ParameterizedTest
  @CsvSource({
    "http://inner.test/a?x=1, http, inner.test, /a, x=1", "HTTP://inner.test:81, http, inner.test:81, /,",
    "https://[::1]:8080?x, https, [::1]:8080, /, x", "http://a/b/../c, http, a, /c,"
  })
  void readsAbsoluteTargets(String raw, String scheme, String authority, String path, String query) {
    assertThat(parse(raw)).isEqualTo(new RequestTarget(path, path, query, scheme, authority, null));
  }

  @Test
  void readsTheAsterisk() {
    assertThat(parse("*").isAsterisk()).isTrue();
    assertThat(parse("/*").isAsterisk()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "/foo%2Fbar, /foo%2Fbar", "/foo%2fbar, /foo%2fbar", "/a%3Bb, /a%3Bb", "/a;b, /a;b", "/%66oo, /foo", "/a%3Fb, /a%3Fb",
    "/x%2Fy/../z, /z", "/%C3%BC%40, /ü%40"
  })
  void keepsReservedCharactersEncodedOnDemand(String raw, String path) {
    assertThat(RequestTarget.parse(raw, RFC_PATH).path()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a%2Fb", "/a\\b", "/a%5Cb", "/straße", "/?ü"})
  void refusesMoreWhenStrict(String raw) {
    var refusal = RequestTarget.parse(raw, STRICT).refusal();
    assertThat(refusal).isNotNull();
  }

  @Test
  void mergesSlashesWhenStrict() {
    var target = RequestTarget.parse("//a///b//?x", STRICT);
    assertThat(target.path()).isEqualTo("/a/b/");
    assertThat(target.encodedPath()).isEqualTo("/a/b/");
  }

  @ParameterizedTest
  @CsvSource({
    "'', /", "a/, /a/", "a, /a", "/a//b, /a/b", "/a/./b, /a/b", "/a/../../b, /b", "/a/., /a/", "/a/b/.., /a", "/a/, /a/", "/.., /",
    "/.a/b., /.a/b.", "//, /"
  })
  void cleansForComparison(String path, String clean) {
    assertThat(RequestPath.clean(path)).isEqualTo(clean);
    assertThat(RequestPath.clean(clean)).isSameAs(clean);
  }

  @ParameterizedTest
  @CsvSource({"/x y/ü?z, /x%20y/%C3%BC%3Fz", "/100%25, /100%2525", "/h#ash, /h%23ash", "/a;b=c@d, /a;b=c@d", "/a\uDCFF, /a%FF"})
  void escapesRewrittenPaths(String decoded, String encoded) {
    assertThat(RequestPath.escape(decoded)).isEqualTo(encoded);
  }

  /// Whatever comes: no exception, and what is accepted has no dot segment in either form and reads back as itself.
  @Test
  void survivesRandomTargets() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    String[] parts = {"/", "/", ".", "..", "%2e", "%2F", "%5c", "\\", "a", "%", "%41", "%ff", ";", "?", "%c0%ae", "|", "ü", "\uDCFF", "%00"};
    for (int i = 0; i < 200_000; i++) {
      var raw = new StringBuilder("/");
      for (int n = random.nextInt(8); n > 0; n--) {
        raw.append(parts[random.nextInt(parts.length)]);
      }
      var target = RequestTarget.parse(raw.toString(), ANY_QUERY);
      if (target.refusal() == null) {
        assertThat(target.path()).as("%s, seed %d", raw, seed).startsWith("/").doesNotMatch("(?s).*/[.][.]?(/.*)?");
        var again = RequestTarget.parse(target.encodedPath(), ANY_QUERY);
        assertThat(again.path()).as("%s, seed %d", raw, seed).isEqualTo(target.path());
        assertThat(again.encodedPath()).as("%s, seed %d", raw, seed).isEqualTo(target.encodedPath());
      }
    }
  }
}
