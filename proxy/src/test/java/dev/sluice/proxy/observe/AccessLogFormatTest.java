package dev.sluice.proxy.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccessLogFormatTest {
  private static final long END = Instant.parse("2026-03-04T05:06:08.500Z").toEpochMilli();
  private static final AccessLogFormat.Options PLAIN = options(false, Map.of());

  @Test
  void combinedHasSkippersColumns() {
    AccessRecord entry = entry("/a?x=1", HttpFields.build()
        .add("Referer", "http://from.test/").add("User-Agent", "tester 1.0").add("X-Flow-Id", "f-1").add("X-Unverified-Audit", "me"), null);

    assertThat(line(AccessLogFormat.combined(PLAIN), entry)).isEqualTo(
        "127.0.0.1 - - [04/Mar/2026:05:06:07 +0000] \"GET /a?x=1 HTTP/1.1\" 200 5 \"http://from.test/\" \"tester 1.0\" 1250 shop.test:81 f-1 me\n");
  }

  @Test
  void whatIsMissingIsADash() {
    var entry = new AccessRecord(END, 0, 0, "127.0.0.1", "GET", "/", "HTTP/1.1", 404, 10, "", HttpFields.build(), "no-route", false, null, null);

    assertThat(line(AccessLogFormat.combined(PLAIN), entry))
        .isEqualTo("127.0.0.1 - - [04/Mar/2026:05:06:08 +0000] \"GET / HTTP/1.1\" 404 10 \"-\" \"-\" 0 - - -\n");
  }

  @Test
  void timeIsInTheZoneOfTheLog() {
    var format = AccessLogFormat.combined(new AccessLogFormat.Options(ZoneId.of("America/St_Johns"), false, Map.of()));

    assertThat(line(format, entry("/", HttpFields.build(), null))).contains("[04/Mar/2026:01:36:07 -0330]");
  }

  @Test
  void theClientIsWhatForwardedAddressesSay() {
    assertThat(client("10.0.0.1, garbage, 10.0.0.2")).isEqualTo("10.0.0.1, 10.0.0.2");
    assertThat(client("10.0.0.1:8080,[2001:DB8::1]:90")).isEqualTo("10.0.0.1, 2001:db8::1");
    assertThat(client("garbage")).isEqualTo("-");
    assertThat(client("")).isEqualTo("127.0.0.1");
  }

  private static String client(String forwarded) {
    String line = line(AccessLogFormat.combined(PLAIN), entry("/", HttpFields.build().add("X-Forwarded-For", forwarded), null));
    return line.substring(0, line.indexOf(" - "));
  }

  @Test
  void clientsCannotForgeLines() {
    AccessRecord entry = entry("/a\"b\\c", HttpFields.build().add("User-Agent", "x\u001b[31m\u0085y").add("Referer", "\" 200 5 \""), "eve\n");

    assertThat(line(AccessLogFormat.combined(PLAIN), entry))
        .isEqualTo("127.0.0.1 - eve\\x0a [04/Mar/2026:05:06:07 +0000] \"GET /a\\\"b\\\\c HTTP/1.1\" 200 5 "
            + "\"\\\" 200 5 \\\"\" \"x\\x1b[31m\\x85y\" 1250 shop.test:81 - -\n");
    assertThat(line(AccessLogFormat.json(PLAIN), entry))
        .contains("\"auth-user\":\"eve\\n\"", "\"uri\":\"/a\\\"b\\\\c\"", "\"user-agent\":\"x\\u001b[31m\\u0085y\"")
        .hasLineCount(1);
  }

  @Test
  void anAnswerThatBrokeOffSaysWhy() {
    AccessRecord broken = new AccessRecord(END, 0, 0, "127.0.0.1", "GET", "/", "HTTP/1.1", 200, 3, "h", null, "backend-closed", true, null, null);

    assertThat(line(AccessLogFormat.combined(PLAIN), broken)).endsWith(" 200 3 \"-\" \"-\" 0 h - - backend-closed\n");
  }

  @Test
  void jsonHasSkippersNames() {
    AccessRecord entry = entry("/a?x=1", HttpFields.build().add("User-Agent", "t"), "ann");

    assertThat(line(AccessLogFormat.json(PLAIN), entry)).isEqualTo(
        "{\"audit\":\"\",\"auth-user\":\"ann\",\"duration\":1250,\"level\":\"info\",\"msg\":\"\",\"response-size\":5,\"status\":200,"
            + "\"flow-id\":\"\",\"host\":\"127.0.0.1\",\"method\":\"GET\",\"proto\":\"HTTP/1.1\",\"referer\":\"\","
            + "\"requested-host\":\"shop.test:81\",\"timestamp\":\"04/Mar/2026:05:06:07 +0000\",\"uri\":\"/a?x=1\",\"user-agent\":\"t\"}\n");
  }

  @Test
  void extraMembersFollow() {
    AccessRecord entry = entry("/", HttpFields.build(), null,
        AccessLogControl.with("request_header", Map.of("X-A", "a\"b")));

    assertThat(line(AccessLogFormat.json(PLAIN), entry)).endsWith(",\"request_header\":{\"X-A\":\"a\\\"b\"}}\n");
    assertThat(line(AccessLogFormat.combined(PLAIN), entry)).endsWith(" shop.test:81 - - X-A=\"a\\\"b\"\n");
  }

  @Test
  void queriesAreStripped() {
    assertThat(line(AccessLogFormat.combined(options(true, Map.of())), entry("/a?x=1?", HttpFields.build(), null))).contains("\"GET /a HTTP/1.1\"");
  }

  @Test
  void maskedParametersAreHashedAsSkipperDoes() {
    assertThat(uri("/p?token=s3cr3t&a=1&email=jane@example.org&b", "email", "token"))
        .isEqualTo("/p?a=1&b=&email=13771470964639925070&token=9217969521663343788");
  }

  @Test
  void maskedParametersLeakInNoForm() {
    assertThat(uri("/p?t=&t=secret", "t")).isEqualTo("/p?t=" + Long.toUnsignedString(XxHash64.of("secret".getBytes())));
    assertThat(uri("/p?%74=secret", "t")).doesNotContain("secret");
    assertThat(uri("/p?t=secret%zz&u=1;t=secret", "t")).isEqualTo("/p");
    assertThat(uri("/p?t=", "t")).isEqualTo("/p?t=");
    assertThat(uri("/p", "t")).isEqualTo("/p");
    assertThat(uri("/p?a=%C3%A9+b&", "t")).isEqualTo("/p?a=%C3%A9+b");
  }

  private static String uri(String target, String... masked) {
    String line = line(AccessLogFormat.json(PLAIN), entry(target, HttpFields.build(), null, AccessLogControl.masking(Set.of(masked))));
    int at = line.indexOf("\"uri\":\"") + 7;
    return line.substring(at, line.indexOf('"', at));
  }

  @Test
  void flagsMaskFields() {
    var options = options(false, Map.of("auth-user", "sha256", "host", "***", "referer", "drop"));
    AccessRecord entry = entry("/", HttpFields.build().add("Referer", "http://r/"), "ann");

    assertThat(line(AccessLogFormat.combined(options), entry)).startsWith(
        "*** - 49915e0d7d4b402e3017d010bc1c0e83cac6c797d6c16e66340fe3268693a6a1 [").contains(" \"-\" \"-\" ");
  }

  @Test
  void aTemplateIsFilled() {
    String template = "${time} ${request.clientIP} ${request.method} ${request.host} ${request.path} ${request.rawQuery} ${request.query.x} "
        + "${request.cookie.c} ${request.header.User-Agent} ${request.proto} ${response.status} ${response.size} ${duration} ${nothing} ${}";
    AccessRecord entry = entry("/a?x=%20y", HttpFields.build().add("Cookie", "b=1; c=two").add("User-Agent", "u\"a"), null);

    assertThat(line(AccessLogFormat.template(template, PLAIN), entry)).isEqualTo(
        "04/Mar/2026:05:06:07 +0000 127.0.0.1 GET shop.test:81 /a x=%20y  y two u\\\"a HTTP/1.1 200 5 1250 - ${}\n");
  }

  @Test
  void aRefusedHeadIsALineOfWhatIsKnown() {
    assertThat(line(AccessLogFormat.combined(PLAIN), AccessRecord.refused(END, 0, "10.0.0.9", "GET /x", 400, 12, "bad-request")))
        .isEqualTo("10.0.0.9 - - [04/Mar/2026:05:06:08 +0000] \"GET /x -\" 400 12 \"-\" \"-\" 0 - - -\n");
    assertThat(line(AccessLogFormat.combined(PLAIN), AccessRecord.refused(END, 0, "10.0.0.9", "", 400, 12, "bad-request"))).contains("\"- - -\" 400");
  }

  private static AccessLogFormat.Options options(boolean strip, Map<String, String> masks) {
    return new AccessLogFormat.Options(ZoneOffset.UTC, strip, masks);
  }

  private static AccessRecord entry(String target, HttpFields fields, @Nullable String user) {
    return entry(target, fields, user, null);
  }

  private static AccessRecord entry(String target, HttpFields fields, @Nullable String user, @Nullable AccessLogControl control) {
    return new AccessRecord(END, 0, 1_250_000_000L, "127.0.0.1", "GET", target, "HTTP/1.1", 200, 5, "shop.test:81", fields, null, false, user, control);
  }

  private static String line(AccessLogFormat format, AccessRecord entry) {
    var out = new StringBuilder();
    format.append(out, entry);
    return out.toString();
  }
}
