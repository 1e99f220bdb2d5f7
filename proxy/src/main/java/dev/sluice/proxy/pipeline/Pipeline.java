package dev.sluice.proxy.pipeline;

import dev.sluice.proxy.exchange.GatewayExchange;
import dev.sluice.proxy.exchange.Pass;
import dev.sluice.proxy.exchange.RequestBody;
import dev.sluice.proxy.forward.BackendCall;
import dev.sluice.proxy.forward.GatewayBackend;
import dev.sluice.proxy.limit.GlobalLimits;
import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.observe.ApplicationLog;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.CallGate;
import dev.sluice.routes.spi.Failure;
import dev.sluice.routes.table.Match;
import dev.sluice.routes.table.Route;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.PreEncodedHttpField;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// The way of an exchange through the gateway. Shared by all loops; holds no state of an exchange. All methods run on the exchange's loop, but for
/// [#failed], which the driver may call from a virtual thread.
public final class Pipeline {
  private static final HttpField SERVER = new PreEncodedHttpField(HttpHeader.SERVER, "Sluice");
  private static final Answer EMPTY_404 = Answer.of(404);

  /// Most bytes of a body that nobody wants that are read to keep the connection.
  private static final long DRAINED = 1024 * 1024;

  private final PipelineSettings settings;
  private final LoopContext[] loops;
  private final GlobalLimits limits;
  private final ApplicationLog log;
  private final ExchangeEnd exchangeEnd;
  private final FilterDriver filters = new FilterDriver(this);
  private final ResponseWriter writer = new ResponseWriter(this);
  private final Describer describer = new Describer(this, writer);

  /// @param loops by [dev.sluice.proxy.loop.EventLoop#index]
  /// @param limits checked once for each request, before the first look-up
  /// @param exchangeEnd told of each end, for the log and metrics
  public Pipeline(PipelineSettings settings, LoopContext[] loops, GlobalLimits limits, ApplicationLog log, ExchangeEnd exchangeEnd) {
    this.settings = settings;
    this.loops = loops.clone();
    this.limits = limits;
    this.log = log;
    this.exchangeEnd = exchangeEnd;
  }

  /// Told once of each exchange that ended. Must not block.
  public interface ExchangeEnd {
    /// @param status what was sent to the client; 499 when it left before
    void ended(GatewayExchange x, int status, @Nullable Failure failure);
  }

  public ApplicationLog log() {
    return log;
  }

  public PipelineSettings settings() {
    return settings;
  }

  public LoopContext context(GatewayExchange x) {
    return loops[x.loop().index()];
  }

  /// From the first look-up on.
  public void begin(GatewayExchange x) {
    context(x).counters().arrived(x.request().protocol());
    if (settings.answerNanos() > 0) {
      deadline(x, settings.answerNanos());
    }
    RequestBody body = x.body();
    long bodyLimit = x.requestNanos < 0 ? settings.requestNanos() : x.requestNanos;
    if (body != null && bodyLimit > 0) {
      requestDeadline(x, bodyLimit);
    }
    if (body != null && settings.maxBody() < Long.MAX_VALUE) {
      if (x.request().contentLength() > settings.maxBody()) {
        fail(x, Failure.of(Failure.Kind.BODY_TOO_LARGE));
        return;
      }
      body.limit(settings.maxBody());
    }
    Answer limited = limits.isEmpty() ? null : limits.refusal(x.request());
    if (limited != null) {
      x.respond(limited, true);
      respond(x);
      return;
    }
    lookUp(x);
  }

  private void lookUp(GatewayExchange x) {
    if (x.passes() >= settings.maxPasses()) {
      fail(x, new Failure(Failure.Kind.LOOP, "more than " + (settings.maxPasses() - 1) + " loopbacks"));
      return;
    }
    long start = x.passes() == 0 ? x.began() : System.nanoTime();
    Match match = x.table().match(x.request(), null);
    long matched = System.nanoTime();
    context(x).counters().lookedUp(matched - start);
    x.phaseBegan = matched;
    x.ownRequestNanos = matched - x.began() - x.filterNanos;
    if (match == null) {
      noRoute(x);
      return;
    }
    filters.request(x, x.enter(match));
  }

  private void noRoute(GatewayExchange x) {
    if (settings.noRouteStatus() == 404) {
      fail(x, Failure.of(Failure.Kind.NO_ROUTE));
    } else {
      x.respond(ErrorAnswers.of(settings.noRouteStatus()), true);
      drained(x, false);
    }
  }

  /// The request filters of a pass have run, up to the last or to one that answered or failed.
  void requestFiltered(GatewayExchange x, Pass pass) {
    if (pass.route().filters().length > 0) {
      long now = System.nanoTime();
      context(x).counters().filtered(pass.route(), true, now - x.phaseBegan);
      x.filterNanos += now - x.phaseBegan;
    }
  }

  void respond(GatewayExchange x) {
    x.phaseBegan = System.nanoTime();
    filters.response(x);
  }

  /// The filters of the response phase have run.
  private void responseFiltered(GatewayExchange x) {
    Route route = x.firstRoute();
    if (route != null && route.filters().length > 0) {
      long now = System.nanoTime();
      context(x).counters().filtered(route, false, now - x.phaseBegan);
      x.phaseBegan = now;
    }
  }

  /// Behind the last request filter.
  void dispatch(GatewayExchange x, Pass pass) {
    switch ((GatewayBackend) pass.route().backend()) {
      case GatewayBackend.Shunt() -> served(x, EMPTY_404);
      case GatewayBackend.Loopback() -> lookUp(x);
      case GatewayBackend.Network network -> call(x, network);
      case GatewayBackend.Balanced balanced -> call(x, balanced);
      case GatewayBackend.Dynamic dynamic -> call(x, dynamic);
    }
  }

  private void call(GatewayExchange x, GatewayBackend backend) {
    BackendCall call = new BackendCall(this, x, backend);
    if (x.described) {
      describer.call(x, call);
    } else {
      call.begin();
    }
  }

  /// A filter or a shunt answered.
  void served(GatewayExchange x, Answer answer) {
    x.respond(answer, false);
    drained(x, true);
  }

  /// Reads what is left of the request body, so that the connection stays usable, and goes on to the response phase.
  private void drained(GatewayExchange x, boolean drain) {
    RequestBody body = x.body();
    if (drain && body != null && !body.complete() && body.failure() == null && !expectsContinue(x)) {
      x.onCancel(() -> {});
      body.drain(DRAINED, () -> {
        x.onCancel(null);
        Throwable broken = body.failure();
        if (x.ended()) {
          return;
        }
        if (broken != null) {
          fail(x, BodyFailures.of(broken));
        } else {
          respond(x);
        }
      });
      return;
    }
    respond(x);
  }

  private static boolean expectsContinue(GatewayExchange x) {
    return x.jettyRequest().getHeaders().contains(HttpHeader.EXPECT) && !x.request().protocol().equals("HTTP/1.0") && !x.jettyResponse().isCommitted();
  }

  /// The backend's head has come.
  public void answered(GatewayExchange x, int status, HttpFields headers, long length, Content.Source body) {
    x.respond(status, headers, length, body);
    HttpFields.Mutable fields = x.clientResponse().fields();
    if (!fields.contains(HttpHeader.SERVER)) {
      fields.add(SERVER);
    }
    if (settings.via() != null) {
      fields.add(settings.via());
    }
    respond(x);
  }

  /// A circuit breaker refused the call.
  public void refused(GatewayExchange x, CallGate gate) {
    x.respond(gate.refusal(), true);
    respond(x);
  }

  /// The gateway's own error answer, through the filters that want to see it.
  public void fail(GatewayExchange x, Failure failure) {
    if (failure.kind() == Failure.Kind.CLIENT_GONE) {
      cut(x, failure);
      return;
    }
    failed(x, failure);
    respond(x);
  }

  /// Sets the gateway's own error answer.
  void failed(GatewayExchange x, Failure failure) {
    x.failure(failure);
    x.respond(ErrorAnswers.of(failure.kind().status()), true);
  }

  /// Looks the request up again with another path; the answer is dropped.
  void rerun(GatewayExchange x, String path) {
    x.clientResponse().discard();
    x.request().path(path);
    lookUp(x);
  }

  void write(GatewayExchange x) {
    responseFiltered(x);
    if (x.described) {
      describer.write(x);
      return;
    }
    if (x.outgoing().writeTimeout() > 0) {
      deadline(x, x.outgoing().writeTimeout());
    }
    writer.write(x);
  }

  /// Cuts the connection when the exchange has not ended by then.
  private void deadline(GatewayExchange x, long nanos) {
    x.answerClock(x.loop().schedule(nanos, () -> cut(x, new Failure(Failure.Kind.IDLE_TIMEOUT, "the answer took too long"))));
  }

  /// Ends the exchange with 408, or by a cut when an answer has begun, when the request body has not come by then; instead of the limit before.
  public void requestDeadline(GatewayExchange x, long nanos) {
    x.requestClock(x.loop().schedule(nanos, () -> requestOverdue(x)));
  }

  private void requestOverdue(GatewayExchange x) {
    RequestBody body = x.body();
    if (x.ended() || body == null || body.complete()) {
      return;
    }
    Failure why = new Failure(Failure.Kind.REQUEST_TIMEOUT, "the request body took too long");
    if (x.away() != null || x.jettyResponse().isCommitted()) {
      clientGone(x, new TimeoutException(why.detail()));
    } else {
      x.cancelWait();
      fail(x, why);
    }
  }

  /// The body failed before anything was sent: the gateway's own error instead.
  void failBeforeHead(GatewayExchange x, Failure failure) {
    failed(x, failure);
    x.phaseBegan = System.nanoTime();
    writer.write(x);
  }

  /// The head that opens a tunnel: the exchange ends with it, what follows is bytes.
  public void tunnelled(GatewayExchange x, Runnable open) {
    x.jettyResponse().write(true, org.eclipse.jetty.util.BufferUtil.EMPTY_BUFFER, org.eclipse.jetty.util.Callback.from(() -> {
      x.onCancel(null);
      end(x, x.jettyResponse().getStatus(), null);
      x.callback().succeeded();
      open.run();
    }, why -> cut(x, new Failure(Failure.Kind.CLIENT_GONE, why.getMessage()))));
  }

  /// Ends the exchange by cutting the client's connection.
  public void cut(GatewayExchange x, Failure failure) {
    writer.cut(x, failure);
  }

  /// The client's connection failed or was closed. Whatever the exchange waits for is broken off.
  public void clientGone(GatewayExchange x, Throwable why) {
    if (x.ended()) {
      return;
    }
    Thread away = x.away();
    if (away != null) {
      x.gone(why);
      away.interrupt();
      return;
    }
    writer.cut(x, BodyFailures.of(why));
  }

  /// After a phase on a virtual thread: whether the client left meanwhile.
  boolean leftMeanwhile(GatewayExchange x) {
    Throwable why = x.gone();
    if (why != null) {
      clientGone(x, why);
    }
    return x.ended();
  }

  void end(GatewayExchange x, int status, @Nullable Failure failure) {
    if (x.end(failure, status)) {
      exchangeEnd.ended(x, status, failure);
    }
  }
}
