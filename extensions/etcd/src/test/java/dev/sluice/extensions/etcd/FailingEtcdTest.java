package dev.sluice.extensions.etcd;

import static dev.sluice.extensions.etcd.ScriptedServer.directory;
import static dev.sluice.extensions.etcd.ScriptedServer.json;
import static dev.sluice.extensions.etcd.ScriptedServer.quiet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the data client does when servers do not do as etcd does, with servers whose every byte is given.
class FailingEtcdTest {
  private static final Duration TIMEOUT = Duration.ofMillis(1500);
  private static final Map<String, String> ROUTES = Map.of("a", "v1");

  private static boolean isWatch(String head) {
    return head.contains("wait=true");
  }

  private static Function<String, String> healthy(long index, String value) {
    return head -> isWatch(head) ? quiet(index) : directory(index, value);
  }

  private static String unusedAddress() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "http://127.0.0.1:" + socket.getLocalPort();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401})
  void readsAgainWhenEtcdHasForgottenTheIndex(int code) throws Exception {
    var reads = new AtomicInteger();
    try (var server = new ScriptedServer(head -> {
          if (!isWatch(head)) {
            return directory(reads.incrementAndGet() == 1 ? 7 : 2000, "v" + reads.get());
          }
          return head.contains("waitIndex=8")
              ? json(400, 2000, "{\"errorCode\":" + code + ",\"message\":\"The event in requested index is outdated and cleared\",\"index\":2000}")
              : quiet(2000);
        });
        var followed = new Followed(TIMEOUT, server.url())) {
      followed.awaitRoutes(Map.of("a", "v2"));
      await().atMost(Followed.SOON).until(() -> server.requests().getLast().contains("waitIndex=2001"));
    }
  }

  @Test
  void readsAgainWhenEtcdCountsFromTheBeginning() throws Exception {
    try (var server = new ScriptedServer(healthy(5000, "v1")); var followed = new Followed(Duration.ofMillis(300), server.url())) {
      followed.awaitRoutes(ROUTES);
      server.script(healthy(12, "restored"));
      followed.awaitRoutes(Map.of("a", "restored"));
    }
  }

  @Test
  void readsAgainWhenAWatchDoesNotBeginToAnswer() throws Exception {
    try (var server = new ScriptedServer(head -> isWatch(head) ? ScriptedServer.SILENCE : directory(7, "v1"));
        var followed = new Followed(Duration.ofMillis(300), server.url())) {
      followed.awaitRoutes(ROUTES);
      server.script(head -> isWatch(head) ? ScriptedServer.SILENCE : directory(8, "v2"));
      followed.awaitRoutes(Map.of("a", "v2"));
    }
  }

  @Test
  void changesThatAreNoneAreNotFollowedInCircles() throws Exception {
    String old = json(200, 7, "{\"action\":\"set\",\"node\":{\"key\":\"/skipper/routes/a\",\"value\":\"old\",\"modifiedIndex\":3}}");
    try (var server = new ScriptedServer(head -> isWatch(head) ? old : directory(7, "v1"));
        var followed = new Followed(TIMEOUT, server.url())) {
      followed.awaitRoutes(ROUTES);
      await().atMost(Followed.SOON).until(() -> server.requests().size() > 6);
      long begin = System.nanoTime();
      int before = server.requests().size();
      await().atMost(Followed.SOON).until(() -> server.requests().size() >= before + 4);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("attempts come less and less often").isGreaterThan(Duration.ofMillis(300));
      assertThat(followed.routes()).isEqualTo(ROUTES);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "HTTP/1.1 500 X\r\nContent-Length: 44\r\n\r\n{\"errorCode\":300,\"message\":\"Raft Internal\"}  ",
      "HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n",
      "HTTP/1.1 200 X\r\nContent-Length: 20\r\n\r\n<html>hello</html>..",
      "HTTP/1.1 200 X\r\nContent-Length: 2\r\n\r\n{}",
      "HTTP/1.1 200 X\r\nContent-Length: 200\r\n\r\n{\"action\":\"get\",",
      "HTTP/1.1 404 X\r\nContent-Length: 19\r\n\r\n404 page not found\n",
      "HTTP/1.1 307 X\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
      "hello",
      ScriptedServer.SILENCE})
  void goesOnToTheNextMember(String answer) throws Exception {
    try (var bad = new ScriptedServer(head -> answer);
        var good = new ScriptedServer(healthy(7, "v1"));
        var followed = new Followed(Duration.ofMillis(400), unusedAddress(), bad.url(), good.url())) {
      followed.awaitRoutes(ROUTES);
      await().atMost(Followed.SOON).until(() -> good.requests().stream().anyMatch(FailingEtcdTest::isWatch));
      assertThat(bad.requests()).as("from then on the good one is asked").hasSize(1);
    }
  }

  @Test
  void changesMemberWhenOneGoesAway() throws Exception {
    try (var second = new ScriptedServer(healthy(7, "v1"))) {
      var first = new ScriptedServer(healthy(7, "v1"));
      try (var followed = new Followed(TIMEOUT, first.url(), second.url())) {
        followed.awaitRoutes(ROUTES);
        assertThat(second.requests()).isEmpty();
        first.close();
        await().atMost(Followed.SOON).until(() -> second.requests().stream().anyMatch(FailingEtcdTest::isWatch));
        assertThat(followed.published()).as("nobody needs to know").allSatisfy(snapshot -> assertThat(snapshot.problems()).isEmpty());
      }
    }
  }

  @Test
  void keepsTheRoutesAndSaysOnceWhatIsWrong() throws Exception {
    try (var server = new ScriptedServer(healthy(7, "v1")); var followed = new Followed(Duration.ofMillis(300), server.url())) {
      followed.awaitRoutes(ROUTES);
      server.script(head -> "HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n");
      followed.awaitProblem("routes cannot be read from etcd: " + server.url()
          + ": status 503: the answer is not one of etcd's keys API of version 2");
      int before = server.requests().size();
      await().atMost(Followed.SOON).until(() -> server.requests().size() > before + 3);
      assertThat(followed.routes()).isEqualTo(ROUTES);
      assertThat(followed.published().stream().filter(snapshot -> !snapshot.problems().isEmpty())).hasSize(1);
      server.script(healthy(8, "v2"));
      followed.awaitRoutes(Map.of("a", "v2"));
    }
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      404 | 404 page not found | status 404: the answer is not one of etcd's keys API of version 2 (is etcd running with --enable-v2?)
      401 | {"message":"Insufficient credentials"} | status 401: Insufficient credentials
      200 | {"node":{"key":"/skipper/routes","value":"x"}} | the key /skipper/routes is a value, where a directory belongs
      """)
  void saysWhatIsWrong(int status, String body, String message) throws Exception {
    try (var server = new ScriptedServer(head -> json(status, 7, body)); var keys = new EtcdKeys(servers(TIMEOUT, server.url()))) {
      assertThatThrownBy(keys::read).isInstanceOf(EtcdFailure.class).message().endsWith(message);
    }
  }

  @Test
  void aMemberThatSaysNoEndsTheCall() throws Exception {
    var no = "{\"errorCode\":102,\"message\":\"Not a file\",\"cause\":\"/skipper/routes/a\",\"index\":7}";
    try (var first = new ScriptedServer(head -> json(403, 7, no));
        var second = new ScriptedServer(healthy(7, "v1"));
        var keys = new EtcdKeys(servers(TIMEOUT, first.url(), second.url()))) {
      assertThatThrownBy(() -> keys.put("a", new byte[0])).hasMessage(first.url() + ": status 403: Not a file");
      assertThat(second.requests()).isEmpty();
    }
  }

  @Test
  void longAnswersAreRefused() throws Exception {
    try (var server = new ScriptedServer(healthy(7, "x".repeat(2000)));
        var http = new EtcdHttp(servers(TIMEOUT, server.url()), 1000)) {
      var member = servers(TIMEOUT, server.url()).members().getFirst();
      assertThatThrownBy(() -> http.call(member, "GET", "/skipper/routes", null)).isInstanceOf(EtcdFailure.class)
          .hasMessageContaining("1000");
    }
  }

  @Test
  void anAnswerThatTricklesInEndsInTime() throws Exception {
    String begun = "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"act\r\n";
    try (var server = new ScriptedServer(head -> begun); var keys = new EtcdKeys(servers(Duration.ofMillis(300), server.url()))) {
      assertThatThrownBy(keys::read).hasMessage(server.url() + ": no answer within 300 ms");
    }
  }

  @Test
  void saysWhoItIsToEtcdAlone() throws Exception {
    try (var elsewhere = new ScriptedServer(healthy(7, "v1"));
        var server = new ScriptedServer(head ->
            "HTTP/1.1 307 X\r\nLocation: " + elsewhere.url() + "/v2/keys/skipper/routes\r\nContent-Length: 0\r\n\r\n");
        var keys = new EtcdKeys(EtcdServers.of(List.of(server.url()), "/skipper", TIMEOUT, false, "Bearer secret"))) {
      assertThatThrownBy(keys::read).message().doesNotContain("secret");
      assertThat(server.requests()).singleElement().asString().contains("Authorization: Bearer secret\n");
      assertThat(elsewhere.requests()).isEmpty();
    }
  }

  @Test
  void sendsRoutesAndDeletionsUnderTheirKeys() throws Exception {
    try (var server = new ScriptedServer(head -> json(200, 7, "{\"action\":\"set\",\"node\":{\"key\":\"/x\"}}"));
        var keys = new EtcdKeys(EtcdServers.of(List.of(server.url() + "/etcd/"), "my edge/", TIMEOUT, false, null))) {
      keys.put("a-1", "x".getBytes());
      keys.delete("ä?b");
      assertThat(server.requests()).extracting(head -> head.lines().findFirst().orElseThrow()).containsExactly(
          "PUT /etcd/v2/keys/my%20edge/routes/a-1 HTTP/1.1", "DELETE /etcd/v2/keys/my%20edge/routes/%C3%A4%3Fb HTTP/1.1");
    }
  }

  private static EtcdServers servers(Duration timeout, String... urls) {
    return EtcdServers.of(List.of(urls), "/skipper", timeout, false, null);
  }
}
