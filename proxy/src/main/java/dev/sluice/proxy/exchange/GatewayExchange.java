package dev.sluice.proxy.exchange;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Attributes;
import dev.sluice.routes.spi.BodyProblem;
import dev.sluice.routes.spi.BodyStep;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Failure;
import dev.sluice.routes.spi.Key;
import dev.sluice.routes.spi.Outcome;
import dev.sluice.routes.spi.Request;
import dev.sluice.routes.spi.Response;
import dev.sluice.routes.table.Match;
import dev.sluice.routes.table.Route;
import dev.sluice.routes.table.RouteTable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// One exchange. Owned by its event loop; while a filter waits, its virtual thread is the only one that touches it ([#away] is set).
public final class GatewayExchange implements Exchange {
  private final EventLoop loop;
  private final org.eclipse.jetty.server.Request jettyRequest;
  private final org.eclipse.jetty.server.Response jettyResponse;
  private final Callback callback;
  private final RouteTable table;
  private final RouteTable.Lease lease;
  private final InboundRequest request;
  private final OutgoingCall outgoing = new OutgoingCall();
  private final ClientResponse response;
  private final long began;

  private final @Nullable RequestBody body;
  private List<Supplier<? extends BodyStep>> requestSteps = List.of();
  private List<BodyStep> responseSteps = List.of();
  private List<Consumer<? super Outcome>> hooks = List.of();
  private @Nullable Pass pass;
  private int passes;
  private @Nullable Route firstRoute;
  private @Nullable Route lastRoute;
  private boolean responding;
  private boolean ended;
  private @Nullable Runnable onCancel;

  /// True while a virtual thread runs filters of this exchange.
  private volatile @Nullable Thread away;

  /// Why the client left while the virtual thread was running.
  private volatile @Nullable Throwable gone;

  private @Nullable Failure failure;

  /// Bytes sent to the client so far.
  public long responseBytes;

  /// Monotonic time when the response head was made; 0 before.
  public long headTime;

  /// Monotonic time of the last change between the gateway's own work and the filters of a phase.
  public long phaseBegan;

  /// Nanoseconds that request filters took, of all passes.
  public long filterNanos;

  /// Nanoseconds that the gateway itself was at work before the backend, and after it.
  public long ownRequestNanos;
  public long ownResponseNanos;

  /// Longest time for the request body in nanoseconds, 0: no limit; -1: as for all requests.
  public long requestNanos = -1;

  /// The listener's `Alt-Svc` line; null: none.
  public org.eclipse.jetty.http.@Nullable HttpField alternative;

  /// What becomes of it is described to the client instead of being done.
  public boolean described;

  /// Ends the exchange when its request body has not come by then; a filter may set another limit instead.
  private EventLoop.@Nullable Timer requestClock;

  /// Ends the exchange when its answer is not sent by then; a filter may set another limit instead.
  private EventLoop.@Nullable Timer answerClock;

  /// Endpoint of the last attempt, for the log.
  public @Nullable String endpoint;

  public GatewayExchange(EventLoop loop, org.eclipse.jetty.server.Request jettyRequest,
      org.eclipse.jetty.server.Response jettyResponse, Callback callback, InboundRequest request, RouteTable.Lease lease, long began) {
    this.loop = loop;
    this.jettyRequest = jettyRequest;
    this.jettyResponse = jettyResponse;
    this.callback = callback;
    this.request = request;
    this.table = lease.table();
    this.began = began;
    this.lease = lease;
    this.response = new ClientResponse(jettyResponse.getHeaders(), this::closeResponseSteps);
    this.body = request.contentLength() == 0 ? null : new RequestBody(jettyRequest, request.contentLength(), loop);
  }

  public EventLoop loop() {
    return loop;
  }

  public org.eclipse.jetty.server.Request jettyRequest() {
    return jettyRequest;
  }

  public org.eclipse.jetty.server.Response jettyResponse() {
    return jettyResponse;
  }

  /// Completed once, at the end; a failure closes the connection.
  public Callback callback() {
    return callback;
  }

  /// The one table that this exchange sees.
  public RouteTable table() {
    return table;
  }

  /// Monotonic time of its beginning.
  public long began() {
    return began;
  }

  @Override
  public InboundRequest request() {
    return request;
  }

  @Override
  public Response response() {
    if (!responding) {
      throw new IllegalStateException("there is no response before the response phase");
    }
    return response;
  }

  /// The response in any phase, for the gateway itself.
  public ClientResponse clientResponse() {
    return response;
  }

  @Override
  public boolean hasResponse() {
    return responding;
  }

  @Override
  public @Nullable String parameter(String name) {
    Pass current = pass;
    return current == null ? null : current.parameter(name);
  }

  @Override
  public String routeId() {
    Pass current = pass;
    return current == null ? "" : current.route().id();
  }

  /// The route of the first look-up, or null when none was found: the one that metrics count for. Also right when the passes are over.
  public @Nullable Route firstRoute() {
    return firstRoute;
  }

  /// The route of the last look-up that found one, or null.
  public @Nullable Route lastRoute() {
    return lastRoute;
  }

  /// What log lines say of the route; also right when the passes are over.
  public String routeOfLog() {
    return lastRoute == null ? "no route" : "route " + lastRoute.id();
  }

  @Override
  public OutgoingCall outgoing() {
    return outgoing;
  }

  @Override
  public Request original() {
    return request.original();
  }

  @Override
  public <T> @Nullable T get(Key<T> key) {
    return attributes().get(key);
  }

  @Override
  public <T> void put(Key<T> key, T value) {
    attributes().put(key, value);
  }

  private Attributes attributes() {
    return request.attributes();
  }

  // ---- passes

  /// The innermost pass, or null before the first look-up.
  public @Nullable Pass pass() {
    return pass;
  }

  public int passes() {
    return passes;
  }

  public Pass enter(Match match) {
    Pass entered = new Pass(match, pass);
    pass = entered;
    if (firstRoute == null) {
      firstRoute = entered.route();
    }
    lastRoute = entered.route();
    passes++;
    responding = false;
    outgoing.nextPass();
    return entered;
  }

  /// To the pass around the current one, once the current one's response phase is over.
  public void leave() {
    pass = pass == null ? null : pass.outer();
  }

  // ---- the response

  public void respond(Answer answer, boolean gatewayError) {
    response.take(answer, gatewayError);
    closeResponseSteps();
    if (answer.step() != null) {
      responseBody(answer.step());
    }
    responding = true;
  }

  public void respond(int status, HttpFields headers, long length, Content.Source source) {
    // An answer to HEAD says the length that one to GET would have (RFC 9110 §9.3.2).
    boolean announced = length == 0 && request.method().equals("HEAD") && headers.contains(HttpHeader.CONTENT_LENGTH);
    response.take(status, headers, announced ? headers.getLongField(HttpHeader.CONTENT_LENGTH) : length, source);
    responding = true;
  }

  // ---- bodies

  /// The request body as received, or null without one.
  public @Nullable RequestBody body() {
    return body;
  }

  @Override
  public void requestBody(Supplier<? extends BodyStep> perAttempt) {
    if (requestSteps.isEmpty()) {
      requestSteps = new ArrayList<>(2);
    }
    requestSteps.add(perAttempt);
  }

  public List<Supplier<? extends BodyStep>> requestSteps() {
    return requestSteps;
  }

  @Override
  public void responseBody(BodyStep step) {
    if (responseSteps.isEmpty()) {
      responseSteps = new ArrayList<>(2);
    }
    responseSteps.add(step);
  }

  public List<BodyStep> responseSteps() {
    return responseSteps;
  }

  private void closeResponseSteps() {
    for (BodyStep step : responseSteps) {
      step.close();
    }
    responseSteps = List.of();
  }

  @Override
  public ByteBuffer peekBody(int max) throws BodyProblem {
    if (away != Thread.currentThread()) {
      throw new IllegalStateException("only a filter that waits in the request phase may look into the body");
    }
    return body == null ? ByteBuffer.allocate(0).asReadOnlyBuffer() : body.peek(max);
  }

  // ---- threads and the end

  /// Set by the driver around a phase on a virtual thread.
  public void away(@Nullable Thread thread) {
    away = thread;
  }

  public @Nullable Thread away() {
    return away;
  }

  public void gone(Throwable why) {
    gone = why;
  }

  public @Nullable Throwable gone() {
    return gone;
  }

  /// Why the gateway made the answer itself, or null.
  public @Nullable Failure failure() {
    return failure;
  }

  public void failure(Failure why) {
    failure = why;
  }

  /// What breaks off whatever the exchange waits for (a timer, a queue, a backend call); null when it waits for nothing. Loop only.
  public void onCancel(@Nullable Runnable cancel) {
    onCancel = cancel;
  }

  /// Runs and forgets [#onCancel].
  public void cancelWait() {
    Runnable cancel = onCancel;
    onCancel = null;
    if (cancel != null) {
      cancel.run();
    }
  }

  @Override
  public void atEnd(Consumer<? super Outcome> hook) {
    if (hooks.isEmpty()) {
      hooks = new ArrayList<>(4);
    }
    hooks.add(hook);
  }

  public boolean ended() {
    return ended;
  }

  /// Ends the exchange, once: hooks in reverse order, steps closed, the table let go.
  ///
  /// @return false when it had ended before
  public boolean end(@Nullable Failure failure, int status) {
    if (ended) {
      return false;
    }
    ended = true;
    cancelWait();
    stop(requestClock);
    stop(answerClock);
    closeResponseSteps();
    if (body != null) {
      body.close();
    }
    if (!hooks.isEmpty()) {
      Outcome outcome = new Outcome(status, failure, body == null ? 0 : body.received(), responseBytes);
      for (int i = hooks.size() - 1; i >= 0; i--) {
        runHook(hooks.get(i), outcome);
      }
    }
    lease.end();
    return true;
  }

  private static void stop(EventLoop.@Nullable Timer clock) {
    if (clock != null) {
      clock.cancel();
    }
  }

  /// Sets the limit for the request body, instead of the one before.
  public void requestClock(EventLoop.Timer clock) {
    stop(requestClock);
    requestClock = clock;
  }

  /// Sets the limit for the answer, instead of the one before.
  public void answerClock(EventLoop.Timer clock) {
    stop(answerClock);
    answerClock = clock;
  }

  /// A hook that fails must not keep the others from giving their slots back.
  private static void runHook(Consumer<? super Outcome> hook, Outcome outcome) {
    try {
      hook.accept(outcome);
    } catch (RuntimeException e) {
      org.slf4j.LoggerFactory.getLogger(GatewayExchange.class).error("an end hook failed", e);
    }
  }
}
