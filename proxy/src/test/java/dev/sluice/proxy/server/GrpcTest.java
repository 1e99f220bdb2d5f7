package dev.sluice.proxy.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.proxy.fixture.GatewayHarness;
import dev.sluice.proxy.fixture.StreamPeer;
import dev.sluice.proxy.flag.ListenerFlags;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Session;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.api.server.ServerSessionListener;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.http2.server.RawHTTP2ServerConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Calls as gRPC makes them, by HTTP/2 on both sides: stock Jetty's client and server, and the gateway between them.
@Timeout(60)
class GrpcTest {
  private final Server server = new Server();
  private final HTTP2Client client = new HTTP2Client();
  private final BlockingQueue<Call> calls = new LinkedBlockingQueue<>();
  private GatewayHarness gateway;
  private Session session;

  /// A call, as the backend sees it.
  private record Call(Stream stream, StreamPeer peer) {}

  @BeforeEach
  void start() throws Exception {
    ServerConnector connector = new ServerConnector(server, 1, 1, new RawHTTP2ServerConnectionFactory(new ServerSessionListener() {
      @Override
      public Stream.Listener onNewStream(Stream stream, HeadersFrame frame) {
        StreamPeer peer = new StreamPeer();
        peer.began(stream, frame);
        calls.add(new Call(stream, peer));
        return peer;
      }
    }));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.start();
    gateway = GatewayHarness.start(
        "r: * -> \"h2c://127.0.0.1:" + connector.getLocalPort() + "\";", s -> s.with(ListenerFlags.ENABLE_H2C_SERVER, true));
    client.start();
    session = client.connect(gateway.address(), new Session.Listener() {}).get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void stop() throws Exception {
    client.stop();
    gateway.close();
    server.stop();
  }

  private Stream call(StreamPeer peer, boolean last) throws Exception {
    HttpFields fields = HttpFields.build().add("te", "trailers").add("content-type", "application/grpc").add("grpc-timeout", "10S");
    MetaData.Request request = new MetaData.Request(
        "POST", HttpURI.from("http://" + "a.test/pkg.Service/Chat"), HttpVersion.HTTP_2, fields);
    return session.newStream(new HeadersFrame(request, null, last), peer).get(10, TimeUnit.SECONDS);
  }

  private Call taken() throws InterruptedException {
    Call call = calls.poll(10, TimeUnit.SECONDS);
    assertThat(call).as("a call that reached the backend").isNotNull();
    return call;
  }

  private static void data(Stream stream, String text, boolean last) throws Exception {
    stream.data(new DataFrame(stream.getId(), ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), last)).get(10, TimeUnit.SECONDS);
  }

  private static void head(Stream stream, boolean last, Map<String, String> fields) throws Exception {
    HttpFields.Mutable headers = HttpFields.build();
    fields.forEach(headers::add);
    MetaData.Response response = new MetaData.Response(200, null, HttpVersion.HTTP_2, headers);
    stream.headers(new HeadersFrame(stream.getId(), response, null, last)).get(10, TimeUnit.SECONDS);
  }

  private static void trailers(Stream stream, String... fields) throws Exception {
    HttpFields.Mutable trailers = HttpFields.build();
    for (int i = 0; i < fields.length; i += 2) {
      trailers.add(fields[i], fields[i + 1]);
    }
    stream.headers(new HeadersFrame(stream.getId(), new MetaData(HttpVersion.HTTP_2, trailers), null, true)).get(10, TimeUnit.SECONDS);
  }

  private void allIsOver() {
    await().atMost(Duration.ofSeconds(5)).until(() -> gateway.gateway().server().exchanges() == 0);
  }

  @Test
  void messagesPassBothWaysAsTheyComeAndTheStatusFollowsInTrailers() throws Exception {
    StreamPeer answers = new StreamPeer();
    Stream up = call(answers, false);
    Call call = taken();
    assertThat(call.peer().next()).startsWith("HEAD POST /pkg.Service/Chat ").contains(" te=trailers", " content-type=application/grpc", " grpc-timeout=10S")
        .doesNotContain("content-length").doesNotContain("transfer-encoding").doesNotContain("END");
    // The head of the answer before any message, as servers do that greet first.
    head(call.stream(), false, Map.of("content-type", "application/grpc"));
    assertThat(answers.next()).startsWith("HEAD 200 ").contains("content-type=application/grpc").doesNotContain("END");
    for (int i = 0; i < 50; i++) {
      data(up, "ask " + i, false);
      assertThat(call.peer().next()).isEqualTo("DATA ask " + i);
      data(call.stream(), "tell " + i, false);
      assertThat(answers.next()).isEqualTo("DATA tell " + i);
    }
    data(up, "", true);
    assertThat(call.peer().next()).isEqualTo("DATA  END");
    data(call.stream(), "last", false);
    assertThat(answers.next()).isEqualTo("DATA last");
    trailers(call.stream(), "grpc-status", "0", "grpc-message", "fine");
    assertThat(answers.next()).isEqualTo("TRAILERS grpc-status=0 grpc-message=fine END");
    allIsOver();
    await().untilAsserted(() -> assertThat(gateway.log()).contains("\"POST /pkg.Service/Chat HTTP/2.0\" 200 "));
  }

  @Test
  void theServerMayEndFirst() throws Exception {
    StreamPeer answers = new StreamPeer();
    Stream up = call(answers, false);
    Call call = taken();
    call.peer().next();
    data(up, "ask", false);
    assertThat(call.peer().next()).isEqualTo("DATA ask");
    head(call.stream(), false, Map.of("content-type", "application/grpc"));
    trailers(call.stream(), "grpc-status", "5");
    assertThat(answers.next()).startsWith("HEAD 200 ");
    assertThat(answers.next()).isEqualTo("TRAILERS grpc-status=5 END");
    // A server that has answered without the rest of the request asks for it no more (RFC 9113 §8.1).
    call.stream().reset(new ResetFrame(call.stream().getId(), ErrorCode.NO_ERROR.code), Callback.NOOP);
    assertThat(answers.next()).isEqualTo("RESET " + ErrorCode.NO_ERROR.code);
    allIsOver();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAnswerOfItsHeadAlone(boolean last) throws Exception {
    StreamPeer answers = new StreamPeer();
    Stream up = call(answers, last);
    Call call = taken();
    call.peer().next();
    head(call.stream(), true, Map.of("content-type", "application/grpc", "grpc-status", "12"));
    assertThat(answers.next()).startsWith("HEAD 200 ").contains("grpc-status=12").endsWith(" END");
    if (!last) {
      // May meet the reset that asks for no more of the request (RFC 9113 §8.1).
      up.data(new DataFrame(up.getId(), ByteBuffer.wrap("late".getBytes(StandardCharsets.UTF_8)), true), Callback.NOOP);
    }
    allIsOver();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aClientThatCancelsResetsTheBackendsStream(boolean answered) throws Exception {
    StreamPeer answers = new StreamPeer();
    Stream up = call(answers, false);
    Call call = taken();
    call.peer().next();
    data(up, "ask", false);
    assertThat(call.peer().next()).isEqualTo("DATA ask");
    if (answered) {
      head(call.stream(), false, Map.of("content-type", "application/grpc"));
      data(call.stream(), "tell", false);
      assertThat(answers.next()).startsWith("HEAD 200 ");
      assertThat(answers.next()).isEqualTo("DATA tell");
    }
    up.reset(new ResetFrame(up.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
    assertThat(call.peer().next()).isEqualTo("RESET " + ErrorCode.CANCEL_STREAM_ERROR.code);
    allIsOver();
    // The connections go on.
    StreamPeer next = new StreamPeer();
    call(next, true);
    head(taken().stream(), true, Map.of("grpc-status", "0"));
    assertThat(next.next()).endsWith(" END");
  }

  @Test
  void aClientThatLeavesResetsTheStreamsOfAllItsCalls() throws Exception {
    call(new StreamPeer(), false);
    call(new StreamPeer(), false);
    Call one = taken();
    Call two = taken();
    one.peer().next();
    two.peer().next();
    session.close(ErrorCode.NO_ERROR.code, "bye", Callback.NOOP);
    client.stop();
    assertThat(one.peer().next()).isEqualTo("RESET " + ErrorCode.CANCEL_STREAM_ERROR.code);
    assertThat(two.peer().next()).isEqualTo("RESET " + ErrorCode.CANCEL_STREAM_ERROR.code);
    allIsOver();
  }

  @Test
  void aBackendThatResetsItsAnswerResetsTheClientsStream() throws Exception {
    StreamPeer answers = new StreamPeer();
    call(answers, false);
    Call call = taken();
    call.peer().next();
    head(call.stream(), false, Map.of("content-type", "application/grpc"));
    assertThat(answers.next()).startsWith("HEAD 200 ");
    call.stream().reset(new ResetFrame(call.stream().getId(), ErrorCode.INTERNAL_ERROR.code), Callback.NOOP);
    assertThat(answers.next()).isEqualTo("RESET " + ErrorCode.INTERNAL_ERROR.code);
    allIsOver();
  }
}
