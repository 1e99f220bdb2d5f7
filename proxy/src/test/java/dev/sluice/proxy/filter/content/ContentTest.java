package dev.sluice.proxy.filter.content;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.filter.BodyDriver;
import dev.sluice.proxy.filter.FakeExchange;
import dev.sluice.proxy.filter.Filters;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Answer.Header;
import dev.sluice.routes.spi.BodyProblem;
import dev.sluice.routes.spi.BodyStep;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.Respond;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Filters that answer, and steps that pass or add bytes.
class ContentTest {
  private static Answer answer(String call, FakeExchange x) throws Exception {
    Verdict verdict = Filters.running(call).request(x);
    assertThat(verdict).isInstanceOf(Respond.class);
    return ((Respond) verdict).answer();
  }

  @Test
  void inlineContentFindsItsType() throws Exception {
    Map<String, String> types = Map.of(
        "Hello", "text/plain; charset=utf-8",
        "<html><body>x</body></html>", "text/html; charset=utf-8",
        "  <H1>x</H1>", "text/html; charset=utf-8",
        "<?xml version='1.0'?><a/>", "text/xml; charset=utf-8",
        "{}", "text/plain; charset=utf-8",
        "%PDF-1.4 x", "application/pdf",
        "GIF89a....", "image/gif",
        "<x>not html</x>", "text/plain; charset=utf-8",
        "", "text/plain; charset=utf-8");
    for (var each : types.entrySet()) {
      Answer answer = answer("inlineContent(\"" + each.getKey() + "\")", FakeExchange.get("/"));
      assertThat(answer.headers()).containsExactly(new Header("Content-Type", each.getValue()));
      assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo(each.getKey());
    }
    assertThat(answer("inlineContent(\"x\", \"\")", FakeExchange.get("/")).headers()).containsExactly(new Header("Content-Type", ""));
  }

  @Test
  void repeatedContentHasItsLength() throws Exception {
    for (int length : new int[] {0, 2, 8, 65_536, 65_537, 300_003}) {
      FakeExchange x = FakeExchange.get("/");
      Answer answer = answer("repeatContent(\"abc\", " + length + ")", x);
      byte[] body = answer.body();
      BodyStep step = answer.step();
      if (step != null) {
        assertThat(step.length(body.length)).isEqualTo(length);
        body = new BodyDriver(length).through(step, body);
      }
      assertThat(new String(body, StandardCharsets.UTF_8)).isEqualTo("abc".repeat(length / 3 + 1).substring(0, length));
    }
  }

  @Test
  void randomContentHasItsLength() throws Exception {
    for (int length : new int[] {-5, 0, 37, 16_384, 50_001}) {
      FakeExchange x = FakeExchange.get("/");
      Answer answer = answer("randomContent(" + length + ")", x);
      byte[] body = answer.body();
      if (answer.step() != null) {
        body = new BodyDriver(length).through(answer.step(), body);
      }
      assertThat(new String(body, StandardCharsets.UTF_8)).matches("[A-Za-z0-9]*").hasSize(Math.max(0, length));
    }
  }

  @Test
  void wrappedContentHasBothEnds() throws BodyProblem {
    for (String body : List.of("", "x", "abc".repeat(3000))) {
      var step = new WrapStep("begin-".getBytes(StandardCharsets.UTF_8), "-end".getBytes(StandardCharsets.UTF_8));
      assertThat(step.length(5)).isEqualTo(15);
      assertThat(BodyDriver.run(step, body)).isEqualTo("begin-" + body + "-end");
    }
  }

  @Test
  void contentOfAStatusIsReplaced() throws Exception {
    FakeExchange x = FakeExchange.get("/").answered(401, "Content-Encoding", "br", "X-Id", "7");
    Filters.running("inlineContentIfStatus(401, \"please log in\")").response(x);
    assertThat(x.response().replacedBody()).isEqualTo("please log in");
    assertThat(x.response().headers().first("Content-Type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(x.response().headers().contains("Content-Encoding")).isFalse();
    assertThat(x.response().headers().first("X-Id")).isEqualTo("7");
    FakeExchange other = FakeExchange.get("/").answered(403);
    Filters.running("inlineContentIfStatus(401, \"please log in\")").response(other);
    assertThat(other.response().replacedBody()).isNull();
  }
}
