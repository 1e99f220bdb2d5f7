package dev.sluice.proxy.upstream;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Blocker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What a call carries, whatever is spoken to the backend.
@ParameterizedClass
@EnumSource
class CallContractTest extends CallContract {
  CallContractTest(Spoken spoken) {
    super(spoken);
  }

  @Test
  void sendsTheRequestAsGiven() throws Exception {
    Caller caller = caller(CallContractTest::echo);
    HttpFields headers = HttpFields.build().add("X-One", "1").add("x-two", "\u00e4").add("X-One", "2").asImmutable();
    assertThat(caller.call(Caller.with(Caller.get("/a?b|c"), headers, null)).body())
        .isEqualTo("GET /a?b|c\nhost: backend.test\nx-one: 1\nx-two: \u00e4\nx-one: 2\n\n");
    assertThat(caller.call(Caller.request("POST", "/", 5), "hello").body()).contains("\ncontent-length: 5\n").endsWith("\nhello");
    assertThat(caller.call(Caller.request("POST", "/", -1), "hello").body()).doesNotContain("content-length").endsWith("\nhello");
    assertThat(caller.call(Caller.request("ODD", "/", 0)).body()).startsWith("ODD /\n");
    assertThat(backend.connections()).isEqualTo(spoken == Spoken.H2C ? 2 : 1);
  }

  @Test
  void trailersGoBothWays() throws Exception {
    Caller caller = caller((request, response) -> {
      String body = Content.Source.asString(request);
      HttpFields trailers = HttpFields.build().add("X-Sum", body + requireNonNull(request.getTrailers()).get("X-T")).asImmutable();
      response.setTrailersSupplier(() -> trailers);
      write(response, false, "answer");
    });
    Caller.Upload upload = caller.new Upload().add("hel").add("lo").put(new Trailers(HttpFields.build().add("X-T", "1").asImmutable()));
    Caller.Answer answer = caller.begin(Caller.request("POST", "/", -1), upload).await();
    assertThat(answer.body()).isEqualTo("answer");
    assertThat(requireNonNull(answer.trailers()).get("X-Sum")).isEqualTo("hello1");
  }

  @Test
  void aLongHeadAndALongBodyGoThrough() throws Exception {
    Caller caller = caller((request, response) -> {
      response.getHeaders().put("X-Back", request.getHeaders().get("X-Long"));
      write(response, true, Content.Source.asString(request, StandardCharsets.ISO_8859_1));
    });
    String value = "v".repeat(60_000);
    String body = "0123456789".repeat(100_000);
    for (long length : new long[] {body.length(), -1}) {
      Caller.Answer answer = caller.call(
          Caller.with(Caller.request("PUT", "/", length), HttpFields.build().add("X-Long", value).asImmutable(), null), body);
      assertThat(answer.headers().get("X-Back")).isEqualTo(value);
      assertThat(answer.body()).isEqualTo(body);
    }
    assertThat(caller.call(Caller.get("/")).status()).isEqualTo(200);
  }

  @Test
  void answersWithoutABodyAreWhole() throws Exception {
    Caller caller = caller((request, response) -> {
      int status = Integer.parseInt(request.getHttpURI().getPath().substring(1));
      response.setStatus(status);
      if (status == 304 || request.getMethod().equals("HEAD")) {
        response.getHeaders().put("Content-Length", 10);
      }
    });
    assertThat(caller.call(Caller.get("/204")).length()).isZero();
    Caller.Answer notModified = caller.call(Caller.get("/304"));
    assertThat(notModified.length()).isZero();
    assertThat(notModified.status()).isEqualTo(304);
    Caller.Answer head = caller.call(Caller.request("HEAD", "/200", 0));
    assertThat(head.length()).isZero();
    assertThat(head.headers().get("Content-Length")).isEqualTo("10");
    assertThat(caller.call(Caller.get("/500")).body()).isEmpty();
  }

  @Test
  void bothDirectionsMayRunAtOnce() throws Exception {
    Caller caller = caller((request, response) -> {
      write(response, false, "");
      boolean last = false;
      while (!last) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          try (Blocker.Runnable blocker = Blocker.runnable()) {
            request.demand(blocker);
            blocker.block();
          }
          continue;
        }
        last = chunk.isLast();
        write(response, last, StandardCharsets.ISO_8859_1.decode(chunk.getByteBuffer()).toString());
        chunk.release();
      }
    });
    Caller.Upload upload = caller.new Upload();
    Caller.Answer answer = caller.begin(Caller.request("POST", "/", -1), upload).awaitHead();
    StringBuilder sent = new StringBuilder();
    for (String piece : List.of("one", "two", "three")) {
      upload.add(piece);
      sent.append(piece);
      await().atMost(Duration.ofSeconds(10)).until(() -> answer.body().contentEquals(sent));
    }
    upload.end();
    assertThat(answer.await().body()).isEqualTo("onetwothree");
  }

  @Test
  void interimAnswersComeBeforeTheHead() throws Exception {
    Caller caller = caller((request, response) -> {
      response.writeInterim(103, HttpFields.build().add("Link", "</a>").asImmutable()).get(5, TimeUnit.SECONDS);
      response.writeInterim(102, HttpFields.EMPTY).get(5, TimeUnit.SECONDS);
      write(response, true, "ok");
    });
    Caller.Answer answer = caller.call(Caller.get("/"));
    assertThat(answer.interims()).containsExactly("103 </a>", "102 null");
    assertThat(answer.body()).isEqualTo("ok");
  }

  @Test
  void theBodyWaitsForA100WhenTheRequestExpectsOne() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    Caller caller = caller((request, response) -> {
      asked.countDown();
      go.await(10, TimeUnit.SECONDS);
      write(response, true, Content.Source.asString(request));
    });
    HttpFields expects = HttpFields.build().add("Expect", "100-continue").asImmutable();
    Caller.Upload upload = caller.new Upload().add("hello").end();
    Caller.Answer answer = caller.begin(Caller.with(Caller.request("POST", "/", 5), expects, null), upload);
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(upload.taken()).isZero();
    go.countDown();
    assertThat(answer.await().body()).isEqualTo("hello");
    assertThat(answer.interims()).isEmpty();
  }

  @Test
  void anEarlyAnswerComesWhileTheBodyIsStillSent() throws Exception {
    Caller caller = caller((request, response) -> write(response, true, "ok"));
    Caller.Upload upload = caller.new Upload().add("some");
    assertThat(caller.begin(Caller.request("POST", "/", -1), upload).await().body()).isEqualTo("ok");
    assertThat(upload.failure()).isNull();
    upload.add("more");
    assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
  }
}
