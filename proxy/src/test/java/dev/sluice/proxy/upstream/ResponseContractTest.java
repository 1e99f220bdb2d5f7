package dev.sluice.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.fixture.Caller;
import dev.sluice.proxy.fixture.TestBackend;
import dev.sluice.proxy.upstream.Upstream.Sent;
import dev.sluice.routes.spi.Failure.Kind;
import java.util.List;
import org.eclipse.jetty.io.Content;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How HTTP/1.1 responses are read, whatever lies between gateway and backend.
@ParameterizedClass
@EnumSource
class ResponseContractTest extends Http1Contract {
  ResponseContractTest(Path path) {
    super(path);
  }

  @Test
  void bodiesOfEachFramingEndWhereTheyEnd() throws Exception {
    Caller caller = caller(connection -> {
      for (String response : List.of(
          "HTTP/1.1 200 Fine\r\nContent-Length: 5\r\n\r\nhello",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nX-T: t\r\n\r\n",
          "HTTP/1.1 204 No Content\r\n\r\n",
          "HTTP/1.1 304 Not Modified\r\nContent-Length: 10\r\n\r\n",
          "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n",
          "HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
          "HTTP/1.1 299 Until the end\r\n\r\nhello")) {
        connection.head();
        connection.send(response);
      }
    });
    Caller.Answer length = caller.call(Caller.get("/"));
    assertThat(length.body()).isEqualTo("hello");
    assertThat(length.reason()).isEqualTo("Fine");
    assertThat(length.length()).isEqualTo(5);
    assertThat(length.lastMarked()).isTrue();
    Caller.Answer chunked = caller.call(Caller.get("/"));
    assertThat(chunked.body()).isEqualTo("hello");
    assertThat(chunked.length()).isEqualTo(-1);
    assertThat(java.util.Objects.requireNonNull(chunked.trailers()).get("X-T")).isEqualTo("t");
    assertThat(caller.call(Caller.get("/")).status()).isEqualTo(204);
    Caller.Answer notModified = caller.call(Caller.get("/"));
    assertThat(notModified.length()).isZero();
    assertThat(notModified.headers().get("Content-Length")).isEqualTo("10");
    assertThat(caller.call(Caller.request("HEAD", "/", 0)).length()).isZero();
    assertThat(caller.call(Caller.get("/")).body()).isEmpty();
    Caller.Answer untilEnd = caller.call(Caller.get("/"));
    assertThat(untilEnd.body()).isEqualTo("hello");
    assertThat(untilEnd.length()).isEqualTo(-1);
    assertThat(untilEnd.cut()).isNull();
  }

  @Test
  void manyTinyChunksAreReadOneByOne() throws Exception {
    StringBuilder all = new StringBuilder("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    for (int i = 0; i < 5000; i++) {
      all.append("1\r\n").append((char) ('a' + i % 26)).append("\r\n");
    }
    Caller caller = caller(answering(all + "0\r\n\r\n"));
    for (int i = 0; i < 3; i++) {
      Caller.Answer answer = caller.call(Caller.get("/"));
      assertThat(answer.body()).hasSize(5000).startsWith("abc");
      assertThat(answer.chunks()).isEqualTo(5000);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\nzz\r\nlo\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhelX\r\n0\r\n\r\n"
  })
  void aCutOrBrokenBodyIsAFailureAndNeverAnEnd(String response) throws Exception {
    Caller.Answer answer = caller(connection -> {
      connection.head();
      connection.send(response);
    }).call(Caller.get("/"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.cut()).isInstanceOfSatisfying(BrokenAnswer.class, why -> assertThat(why.failure().kind()).isEqualTo(Kind.CLOSED));
    assertThat(answer.body()).isEqualTo("hel");
    assertThat(answer.callbacks()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nX : 1\r\nContent-Length: 2\r\n\r\nok",
    "HTTP/1.1 200 OK\r\nX: 1\r\n 2\r\nContent-Length: 2\r\n\r\nok",
    "HTTP/1.1 200 OK\r\nX: a\0b\r\nContent-Length: 2\r\n\r\nok",
    "HTTP/1.1 200 OK\r\nX: a\rb\r\nContent-Length: 2\r\n\r\nok",
    "HTTP/1.1 0 OK\r\n\r\n",
    "HTTP/1.1 99 OK\r\n\r\n",
    "HTTP/1.1 1000 OK\r\n\r\n",
    "HTTP/1.1 2OO OK\r\n\r\n",
    "HTTP/1.1 101 Switching Protocols\r\n\r\n",
    "HTTP/3.0 200 OK\r\n\r\n",
    "nonsense\r\n\r\n",
    "\u0016\u0003\u0001\u0000\u0000"
  })
  void aMalformedHeadIsAProtocolFailure(String response) throws Exception {
    Caller.Answer answer = caller(connection -> {
      connection.head();
      connection.send(response);
      connection.ended();
    }).call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.PROTOCOL);
    assertThat(answer.sent()).isIn(Sent.SOME, Sent.ANSWER_BEGUN);
  }

  @Test
  void aHeadThatIsCutIsAClose() throws Exception {
    Caller.Answer answer = caller(connection -> {
      connection.head();
      connection.send("HTTP/1.1 200 OK\r\nContent-");
    }).call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.CLOSED);
    assertThat(answer.sent()).isIn(Sent.SOME, Sent.ANSWER_BEGUN);
  }

  @Test
  void aHeadOverTheLimitIsAProtocolFailure() throws Exception {
    Caller.Answer answer = caller(connection -> {
      connection.head();
      connection.send("HTTP/1.1 200 OK\r\nX: " + "x".repeat(2 << 20) + "\r\n\r\n");
    }).call(Caller.get("/"));
    assertThat(answer.failure()).isEqualTo(Kind.PROTOCOL);
    assertThat(answer.detail()).isEqualTo("response head over 1048576 bytes");
  }

  @Test
  void equalLengthsCountOnce() throws Exception {
    Caller.Answer answer = caller(answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nok")).call(Caller.get("/"));
    assertThat(answer.body()).isEqualTo("ok");
    assertThat(answer.headers().getValuesList("Content-Length")).containsExactly("2");
  }

  @Test
  void interimAnswersComeBeforeTheHead() throws Exception {
    Caller.Answer answer = caller(answering(
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n".repeat(3) + OK)).call(Caller.get("/"));
    assertThat(answer.interims()).containsExactly("103 </a>", "102 null", "103 </a>", "102 null", "103 </a>", "102 null");
    assertThat(answer.body()).isEqualTo("ok");
  }

  @Test
  void aBodyWhereNoneMayBeIsNotTakenForTheNextAnswer() throws Exception {
    TestBackend backend = TestBackend.answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    Caller caller = caller(backend);
    assertThat(caller.call(Caller.request("HEAD", "/", 0)).body()).isEmpty();
    assertThat(caller.call(Caller.get("/")).body()).isEqualTo("ok");
    assertThat(backend.connections()).isEqualTo(2);
  }
}
