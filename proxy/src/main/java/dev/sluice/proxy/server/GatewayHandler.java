package dev.sluice.proxy.server;

import dev.sluice.grammar.ByteText;
import dev.sluice.proxy.exchange.GatewayExchange;
import dev.sluice.proxy.exchange.InboundRequest;
import dev.sluice.proxy.filter.path.Location;
import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.pipeline.ErrorAnswers;
import dev.sluice.proxy.pipeline.Pipeline;
import dev.sluice.routes.model.Authority;
import dev.sluice.routes.model.RequestTarget;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.table.CurrentTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Jetty's entry: reads the target and the host, refuses what cannot be routed, and starts an exchange on the client's loop.
final class GatewayHandler extends Handler.Abstract.NonBlocking {
  private static final Answer OPTIONS_ANSWER = Answer.of(200);
  private static final Answer.Header PLAIN = new Answer.Header("Content-Type", "text/plain; charset=utf-8");
  private static final Answer STARTING = ErrorAnswers.of(503);

  private final RequestOptions options;
  private final ForwardedHeaders forwarded;
  private final Hops hops;
  private final RefusedPayload refusedPayload;
  private final CurrentTable tables;
  private final Refusals refusals;
  private volatile @Nullable Pipeline pipeline;

  /// @param refusals told of requests that were answered before an exchange began
  GatewayHandler(RequestOptions options, ForwardedHeaders forwarded, RefusedPayload refusedPayload, CurrentTable tables,
      Refusals refusals) {
    this.options = options;
    this.forwarded = forwarded;
    this.hops = new Hops(options.via(), options.lines().strict());
    this.refusedPayload = refusedPayload;
    this.tables = tables;
    this.refusals = refusals;
  }

  /// Told of requests that are not as they should be. Must not block.
  interface Refusals {
    /// A request got an answer without an exchange.
    void refused(EventLoop loop, Request request, String target, int status, long bytes);

    /// A request has a query that cannot be parsed.
    void oddQuery(Request request, String target);
  }

  /// From now on requests are let through.
  void open(Pipeline opened) {
    pipeline = opened;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    ClientRequest client = ClientRequest.of(request);
    EventLoop loop = client.loop();
    if (loop.inLoop()) {
      begin(client, loop, request, response, callback);
    } else {
      loop.execute(() -> begin(client, loop, request, response, callback));
    }
    return true;
  }

  private void begin(ClientRequest client, EventLoop loop, Request request, Response response, Callback callback) {
    String raw = client.target();
    Pipeline open = pipeline;
    if (open == null) {
      refuse(loop, request, response, callback, raw, STARTING);
      return;
    }
    int status = refusal(client, request);
    if (status != 0) {
      refuse(loop, request, response, callback, raw, ErrorAnswers.of(status));
      return;
    }
    RequestTarget target = RequestTarget.parse(text(raw), options.target());
    RequestTarget.Refusal refusal = target.refusal();
    if (options.logQueries() && isOdd(target)) {
      refusals.oddQuery(request, raw);
    }
    if (refusal != null) {
      refuse(loop, request, response, callback, raw, answer(refusal));
      return;
    }
    if (target.isAsterisk()) {
      Answer answer = request.getMethod().equals("OPTIONS") ? OPTIONS_ANSWER : ErrorAnswers.of(400);
      refuse(loop, request, response, callback, raw, answer);
      return;
    }
    String host = host(client, request, target);
    if (host == null) {
      refuse(loop, request, response, callback, raw, ErrorAnswers.of(400));
      return;
    }
    if (client.misdirected(host)) {
      refuse(loop, request, response, callback, raw, ErrorAnswers.of(421));
      return;
    }
    InboundRequest inbound = new InboundRequest(request, raw, target, host, client.bodiless(), client.protocol(), options.lines());
    Answer payload = refusedPayload.refusal(inbound, raw);
    Answer early = payload == null ? hops.refusal(request) : payload;
    if (early != null) {
      refuse(loop, request, response, callback, raw, early);
      return;
    }
    forwarded.apply(inbound, inbound);
    hops.passed(inbound);
    GatewayExchange x = new GatewayExchange(loop, request, response, callback, inbound, tables.enter(), System.nanoTime());
    cameBy(x, LoopServer.listener(request));
    if (target.scheme() != null) {
      x.put(Location.TARGET_SCHEME, target.scheme());
    }
    request.addFailureListener(why -> gone(open, x, why));
    open.begin(x);
  }

  /// Whether the query cannot be parsed, be that a reason to refuse the request or not.
  private boolean isOdd(RequestTarget target) {
    RequestTarget.Refusal refusal = target.refusal();
    return refusal != null ? refusal.reason().equals(RequestTarget.INVALID_QUERY)
        : !options.target().validateQuery() && target.query() != null && !RequestTarget.isSound(target.query());
  }

  private static void cameBy(GatewayExchange x, ListenerSettings listener) {
    x.described = listener.debug();
    x.alternative = listener.alternative();
    if (listener.timeouts() != null) {
      x.requestNanos = listener.timeouts().read().toNanos();
    }
    if (!listener.name().equals(ListenerSettings.MAIN)) {
      x.put(dev.sluice.routes.predicate.Listener.NAME, listener.name());
    }
  }

  private static void gone(Pipeline pipeline, GatewayExchange x, Throwable why) {
    if (x.loop().inLoop()) {
      pipeline.clientGone(x, why);
    } else {
      x.loop().execute(() -> pipeline.clientGone(x, why));
    }
  }

  /// The status for requests that go nowhere, whatever their target; 0 for all others.
  private static int refusal(ClientRequest client, Request request) {
    if (client.tooLarge()) {
      return 431;
    }
    if (!request.getMethod().equals("CONNECT")) {
      return 0;
    }
    String protocol = client.protocol();
    return protocol == null ? 405 : protocol.equals("websocket") ? 0 : 501;
  }

  /// The bytes of the target as UTF-8; plain ASCII stays the same string.
  private static String text(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      if (raw.charAt(i) >= 0x80) {
        byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
        return ByteText.decode(bytes, 0, bytes.length);
      }
    }
    return raw;
  }

  /// The authority of an absolute target or of HTTP/2, else the Host line; null when it is no host.
  private @Nullable String host(ClientRequest client, Request request, RequestTarget target) {
    String authority = target.authority();
    if (authority == null) {
      authority = client.authority();
    }
    if (authority == null) {
      authority = request.getHeaders().get(HttpHeader.HOST);
    }
    String host = authority == null ? "" : authority;
    // In HTTP/1.1 Jetty and our parser have looked at the Host line; HTTP/1.0 needs none.
    boolean unchecked = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_2;
    if (Authority.problem(host) != null || unchecked && !HostRule.allows(host)) {
      return null;
    }
    return options.normalizeHost() ? Authority.normalize(host) : host;
  }

  private static Answer answer(RequestTarget.Refusal refusal) {
    if (refusal.reason().equals(RequestTarget.INVALID_QUERY)) {
      return new Answer(refusal.status(), List.of(PLAIN, new Answer.Header("X-Content-Type-Options", "nosniff")), "Invalid query\n".getBytes(StandardCharsets.US_ASCII));
    }
    String body = "400 Bad Request: " + refusal.reason() + "\n";
    return refusal.status() == 400
        ? new Answer(400, List.of(PLAIN), body.getBytes(StandardCharsets.US_ASCII))
        : ErrorAnswers.of(refusal.status());
  }

  private void refuse(
      EventLoop loop, Request request, Response response, Callback callback, String raw, Answer answer) {
    response.setStatus(answer.status());
    for (Answer.Header header : answer.headers()) {
      response.getHeaders().add(header.name(), header.value());
    }
    response.getHeaders().add(request.getConnectionMetaData().getConnector().getServer().getDateField());
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, answer.body().length);
    refusals.refused(loop, request, raw, answer.status(), answer.body().length);
    ByteBuffer body = request.getMethod().equals("HEAD") ? ByteBuffer.allocate(0) : ByteBuffer.wrap(answer.body());
    response.write(true, body, callback);
  }
}
