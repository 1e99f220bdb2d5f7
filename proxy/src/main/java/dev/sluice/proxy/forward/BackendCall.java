package dev.sluice.proxy.forward;

import dev.sluice.proxy.exchange.GatewayExchange;
import dev.sluice.proxy.exchange.InboundRequest;
import dev.sluice.proxy.exchange.OutgoingCall;
import dev.sluice.proxy.exchange.Pass;
import dev.sluice.proxy.exchange.RequestBody;
import dev.sluice.proxy.exchange.StepSource;
import dev.sluice.proxy.exchange.WebSocketKey;
import dev.sluice.proxy.forward.Targets.AttemptEnd;
import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.pipeline.BodyFailures;
import dev.sluice.proxy.pipeline.LoopContext;
import dev.sluice.proxy.pipeline.Pipeline;
import dev.sluice.proxy.pipeline.PipelineSettings;
import dev.sluice.proxy.upstream.Tunnel;
import dev.sluice.proxy.upstream.Upstream;
import dev.sluice.proxy.upstream.UpstreamRequest;
import dev.sluice.proxy.upstream.UpstreamRequest.Way;
import dev.sluice.routes.model.Endpoint;
import dev.sluice.routes.spi.BodyProblem;
import dev.sluice.routes.spi.BodyStep;
import dev.sluice.routes.spi.CallGate;
import dev.sluice.routes.spi.Failure;
import dev.sluice.routes.spi.Outgoing.RetryPolicy;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// The call of a route's backend for one exchange: one attempt, and further ones while nothing has reached the client (see [RetryDecision]). Used on the
/// exchange's loop only.
public final class BackendCall implements Upstream.Receiver {
  private static final int MOST_INTERIM = 8;

  private final Pipeline pipeline;
  private final GatewayExchange x;
  private final LoopContext context;
  private final Targets targets;

  private @Nullable StepSource changed;
  private int retries;
  private int interim;
  private boolean freshConnectionTried;
  private boolean over;
  private long began;
  private @Nullable Endpoint to;
  private boolean answered;
  private boolean settled;
  private Upstream.@Nullable Call call;
  private EventLoop.@Nullable Timer deadline;
  private CallGate.@Nullable Permit permit;

  public BackendCall(Pipeline pipeline, GatewayExchange x, GatewayBackend backend) {
    this.pipeline = pipeline;
    this.x = x;
    this.context = pipeline.context(x);
    this.targets = Targets.of(backend, x);
  }

  public void begin() {
    OutgoingCall outgoing = x.outgoing();
    RetryPolicy policy = outgoing.retry();
    RequestBody body = x.body();
    if (body != null && policy != null && policy.maxBody() > 0) {
      long length = x.request().contentLength();
      if (length >= 0 && length <= policy.maxBody()) {
        body.keep();
      }
    }
    if (outgoing.backendTimeout() > 0) {
      deadline = x.loop().schedule(outgoing.backendTimeout(), this::timedOut);
    }
    if (outgoing.readTimeout() > 0 && body != null && !body.complete()) {
      pipeline.requestDeadline(x, outgoing.readTimeout());
    }
    context.budget().request();
    began = System.nanoTime();
    attempt();
  }

  /// What the first attempt would send, if there is anybody to send it to.
  public @Nullable UpstreamRequest describe() {
    Endpoint endpoint = targets.next();
    return endpoint == null ? null : request(host(endpoint), CallWay.of(x.outgoing(), x.request(), endpoint));
  }

  /// Why [#describe] has found nobody.
  public Failure nobody() {
    return new Failure(Failure.Kind.NO_ENDPOINT, targets.whyNone());
  }

  /// The request body as the first attempt would send it, or null without one.
  public Content.@Nullable Source describeBody() {
    return body();
  }

  private void attempt() {
    Endpoint endpoint = targets.next();
    if (endpoint == null) {
      settle();
      pipeline.fail(x, nobody());
      return;
    }
    String host = host(endpoint);
    CallGate own = x.outgoing().gate();
    CallGate gate = own == null ? pipeline.settings().gate() : own;
    if (gate != null) {
      permit = gate.enter(targets.hasBreaker() || x.outgoing().host() != null || preserved(host) ? host : "");
      if (permit == null) {
        settle();
        pipeline.refused(x, gate);
        return;
      }
    }
    to = endpoint;
    x.endpoint = endpoint.authority();
    Way way = CallWay.of(x.outgoing(), x.request(), endpoint);
    context.counters().attempted(context.upstream().protocol(endpoint, way));
    x.onCancel(this::cancel);
    over = false;
    targets.begin();
    Upstream.Call begun = context.upstream().send(request(host, way), endpoint, body(), this);
    if (!over) {
      call = begun;
    }
  }

  private UpstreamRequest request(String host, Way way) {
    PipelineSettings settings = pipeline.settings();
    InboundRequest request = x.request();
    long length = x.body() == null ? 0 : stepped(request.contentLength());
    return new UpstreamRequest(request.method(), request.outgoingTarget(), host, request.outgoingFields(), length,
        x.jettyRequest().getHeaders().contains(HttpHeader.CONTENT_LENGTH),
        request.upgrade(), request.upgrade() == null ? settings.connectNanos() : settings.upgradeConnectNanos(), settings.headNanos(), settings.idleNanos(),
        way);
  }

  private long stepped(long length) {
    long result = length;
    for (Supplier<? extends BodyStep> step : x.requestSteps()) {
      try (BodyStep made = step.get()) {
        result = made.length(result);
      }
    }
    return result;
  }

  private Content.@Nullable Source body() {
    RequestBody body = x.body();
    if (body == null) {
      return null;
    }
    Content.Source source = body.attempt();
    for (Supplier<? extends BodyStep> step : x.requestSteps()) {
      BodyStep made = step.get();
      x.atEnd(outcome -> made.close());
      source = new StepSource(source, made, x.loop());
    }
    changed = source instanceof StepSource last ? last : null;
    return source;
  }

  /// Why the request body cannot be sent on: the client broke it off, or a body step refused it. Null: neither.
  private @Nullable Throwable clientSide(@Nullable RequestBody body) {
    Throwable broken = body == null ? null : body.failure();
    return broken == null && changed != null && changed.failure() instanceof BodyProblem refused ? refused : broken;
  }

  private boolean preserved(String host) {
    return !x.request().host().isEmpty() && host.equals(x.request().host());
  }

  private String host(Endpoint endpoint) {
    OutgoingCall outgoing = x.outgoing();
    String set = outgoing.host();
    if (set != null) {
      return set;
    }
    Boolean preserve = outgoing.preserveHost();
    boolean own = preserve == null ? pipeline.settings().preserveHost() : preserve;
    return own && targets.mayPreserveHost() && !x.request().host().isEmpty() ? x.request().host() : endpoint.authority();
  }

  // ---- what comes back

  @Override
  public void interim(int status, HttpFields headers) {
    if (over || status < 102) {
      return;
    }
    if (++interim > MOST_INTERIM) {
      breakOff(new Failure(Failure.Kind.PROTOCOL, "more than " + MOST_INTERIM + " interim responses"));
    } else if (!x.request().protocol().equals("HTTP/1.0")) {
      var unused = x.jettyResponse().writeInterim(status, headers);
    }
  }

  @Override
  public void head(int status, @Nullable String reason, HttpFields headers, long length, Content.Source body) {
    if (over) {
      body.fail(new java.io.EOFException("the attempt is over"));
      return;
    }
    if (x.request().extendedConnect() && status < 300) {
      // To the client it would say that its WebSocket is open (RFC 8441 §5).
      breakOff(new Failure(Failure.Kind.PROTOCOL, "status " + status + " to a WebSocket handshake"));
      return;
    }
    attemptOver(status < 500, AttemptEnd.ANSWERED);
    RetryPolicy policy = x.outgoing().retry();
    if (RetryDecision.afterStatus(x.request().method(), status, replayable(), retries, policy) && context.budget().take()) {
      body.fail(new java.io.EOFException("the attempt is repeated"));
      again();
      return;
    }
    answered = true;
    x.onCancel(null);
    record(status);
    pipeline.answered(x, status, headers, length, body);
  }

  @Override
  public void upgraded(HttpFields headers, Tunnel tunnel) {
    if (over) {
      tunnel.endPoint().close();
      return;
    }
    if (headers.contains(HttpHeader.CONNECTION, "close")) {
      tunnel.endPoint().close();
      breakOff(new Failure(Failure.Kind.PROTOCOL, "101 with Connection: close"));
      return;
    }
    String wanted = x.request().upgrade();
    String taken = headers.get(HttpHeader.UPGRADE);
    InboundRequest request = x.request();
    if (wanted != null && taken != null && !asked(request, taken)) {
      tunnel.endPoint().close();
      breakOff(new Failure(Failure.Kind.PROTOCOL, "101 to a protocol that was not asked for"));
      return;
    }
    if (request.extendedConnect()
        && !WebSocketKey.accepted(request.fields().get(HttpHeader.SEC_WEBSOCKET_KEY), headers.get(HttpHeader.SEC_WEBSOCKET_ACCEPT))) {
      tunnel.endPoint().close();
      breakOff(new Failure(Failure.Kind.PROTOCOL, "101 with a wrong Sec-WebSocket-Accept"));
      return;
    }
    attemptOver(true, AttemptEnd.ANSWERED);
    settle();
    Tunnels.open(pipeline, x, headers, tunnel);
  }

  private boolean asked(InboundRequest request, String protocol) {
    return request.extendedConnect() ? protocol.equalsIgnoreCase(request.upgrade())
        : x.jettyRequest().getHeaders().contains(HttpHeader.UPGRADE, protocol);
  }

  @Override
  public void complained(String text) {
    Pass pass = x.pass();
    pipeline.log().warn("backend " + x.endpoint + (pass == null ? "" : ", route " + pass.route().id()) + ": " + text);
  }

  @Override
  public void failed(Failure failure, Upstream.Sent sent) {
    if (over) {
      return;
    }
    RequestBody body = x.body();
    Throwable clientSide = clientSide(body);
    boolean decided = clientSide == null && sent != Upstream.Sent.STALE_CONNECTION && failure.kind() != Failure.Kind.POOL_FULL;
    attemptOver(false, decided ? AttemptEnd.FAILED : AttemptEnd.UNDECIDED);
    if (clientSide != null) {
      settle();
      pipeline.fail(x, BodyFailures.of(clientSide));
      return;
    }
    boolean repeat = RetryDecision.afterFailure(x.request().method(), failure.kind(), sent, body != null, replayable(),
        targets.remaining(), retries, freshConnectionTried, x.outgoing().retry());
    if (repeat && sent == Upstream.Sent.STALE_CONNECTION) {
      freshConnectionTried = true;
      targets.sameAgain();
      again();
    } else if (repeat && context.budget().take()) {
      again();
    } else {
      settle();
      pipeline.fail(x, failure);
    }
  }

  private void record(int status) {
    Pass pass = x.pass();
    Endpoint endpoint = to;
    if (pass != null && endpoint != null) {
      context.counters().answered(pass.route(), status, System.nanoTime() - began, endpoint.authority(), endpoint.zone());
    }
  }

  private void again() {
    retries++;
    context.counters().retried();
    if (x.outgoing().retry() == null) {
      x.loop().execute(this::attemptUnlessEnded);
      return;
    }
    long most = 1_000_000L << Math.min(retries - 1, 10);
    EventLoop.Timer timer = x.loop().schedule(ThreadLocalRandom.current().nextLong(most), this::attemptUnlessEnded);
    x.onCancel(() -> {
      timer.cancel();
      settle();
    });
  }

  private void attemptUnlessEnded() {
    if (!x.ended() && !settled) {
      attempt();
    }
  }

  private boolean replayable() {
    RequestBody body = x.body();
    return interim == 0 && (body == null || body.replayable());
  }

  // ---- ends

  private void attemptOver(boolean success, AttemptEnd how) {
    over = true;
    call = null;
    targets.end(how);
    CallGate.Permit held = permit;
    permit = null;
    if (held != null) {
      held.done(success);
    }
  }

  /// No further attempt follows.
  private void settle() {
    settled = true;
    x.onCancel(null);
    EventLoop.Timer timer = deadline;
    deadline = null;
    if (timer != null) {
      timer.cancel();
    }
  }

  private void cancel() {
    breakAttempt(Failure.of(Failure.Kind.CLIENT_GONE));
    settle();
  }

  private void breakAttempt(Failure why) {
    Upstream.Call underWay = call;
    if (!over) {
      boolean tooSlow = why.kind() == Failure.Kind.BACKEND_TIMEOUT || why.kind() == Failure.Kind.PROTOCOL;
      attemptOver(false, tooSlow ? AttemptEnd.FAILED : AttemptEnd.UNDECIDED);
    }
    if (underWay != null) {
      underWay.cancel(why);
    }
  }

  private void breakOff(Failure why) {
    breakAttempt(why);
    settle();
    pipeline.fail(x, why);
  }

  private void timedOut() {
    deadline = null;
    if (x.ended()) {
      return;
    }
    Failure why = Failure.of(Failure.Kind.BACKEND_TIMEOUT);
    if (answered) {
      pipeline.cut(x, why);
    } else {
      breakOff(why);
    }
  }
}
