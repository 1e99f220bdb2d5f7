package dev.sluice.proxy.upstream;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.loop.LoopEndPoint;
import dev.sluice.routes.spi.Failure;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// An HTTP/1.1 connection to a backend: sends one request at a time and reads its response.
///
/// It is always ready to read while it is idle or waits for a head, so a backend's close is seen at once; in a response's body it reads only what is asked
/// for. One clock watches its limits; a call only moves the times that it looks at. All methods are called on the loop.
final class DirectConnection extends AbstractConnection implements HostPool.Pooled, Carrier {
  /// How long an answer is waited for after the backend stopped taking the request.
  private static final long AFTER_BROKEN_WRITE = TimeUnit.SECONDS.toNanos(1);

  private static final long RECENTLY = TimeUnit.MILLISECONDS.toNanos(100);

  private final Shared shared;
  private final EventLoop loop;
  private final HostPool pool;
  private final RequestWriter writer;
  private final ResponseReader reader;
  private final Callback fillable;
  private @Nullable UpstreamCall call;
  private final CallClock clock;
  private long lastActive;
  private long headDue;
  private boolean requestSent;
  private boolean headDone;
  private boolean bodyWanted;
  private boolean used;
  private boolean detached;
  private boolean closed;

  DirectConnection(Shared shared, EndPoint endPoint, HostPool pool) {
    super(endPoint, Runnable::run);
    this.shared = shared;
    this.loop = shared.loop();
    this.pool = pool;
    this.writer = new RequestWriter(shared, endPoint, this);
    this.reader = new ResponseReader(shared, endPoint);
    this.fillable = new Fillable(loop, this::readable, why -> lost());
    this.clock = new CallClock(loop, this::due, this::expired);
  }

  HostDial.Target target() {
    return pool.target();
  }

  @Override
  public boolean usable() {
    return !closed && getEndPoint().isOpen();
  }

  /// Whether the backend has not closed up to now: also what no select has told yet counts. For what cannot be sent again. Over TLS
  /// a closing message that was not read counts as well. One that was in use a moment ago is not looked at.
  @Override
  public boolean quiet() {
    if (lastActive != 0 && System.nanoTime() - lastActive < RECENTLY) {
      return true;
    }
    EndPoint transport = getEndPoint() instanceof EndPoint.Wrapper secure ? secure.unwrap() : getEndPoint();
    if (!(transport instanceof LoopEndPoint socket)) {
      return true;
    }
    socket.lookAgain();
    if (getEndPoint() instanceof SslConnection.SslEndPoint secure) {
      // Jetty reads nothing while it waits for the socket: as if that had woken it. What comes of it is seen in #readable.
      secure.getSslConnection().onFillable();
      return usable();
    }
    if (reader.fill() == 0) {
      return true;
    }
    close();
    return false;
  }

  @Override
  public void start(UpstreamCall next) {
    call = next;
    next.began(this);
    requestSent = false;
    headDone = false;
    bodyWanted = false;
    headDue = 0;
    lastActive = System.nanoTime();
    reader.expect(HttpMethod.HEAD.is(next.request.method()));
    // Before the first write: an answer may come at any time.
    fillWanted();
    try {
      writer.send(next);
    } catch (IllegalArgumentException e) {
      fail(new Failure(Failure.Kind.FILTER, e.getMessage()), Upstream.Sent.NOTHING);
      return;
    }
    clock.watch();
  }

  private void fillWanted() {
    if (!getEndPoint().isFillInterested()) {
      getEndPoint().tryFillInterested(fillable);
    }
  }

  // ---- what the writer tells

  void touched() {
    if (call != null && call.request.idleNanos() > 0) {
      lastActive = System.nanoTime();
    }
  }

  void requestSent() {
    requestSent = true;
    UpstreamCall current = call;
    if (current != null && !headDone && current.request.headNanos() > 0) {
      headDue = System.nanoTime() + current.request.headNanos();
      clock.watch();
    }
  }

  /// The request's body failed before it was sent.
  void requestFailed(Failure why) {
    writer.stop();
    fail(why, Upstream.Sent.SOME);
  }

  /// The backend takes no more. It may have answered before it closed.
  void writeFailed() {
    if (!headDone) {
      headDue = System.nanoTime() + AFTER_BROKEN_WRITE;
      clock.watch();
    }
  }

  // ---- reading

  private void readable() {
    if (detached || closed) {
      return;
    }
    UpstreamCall current = call;
    if (current == null) {
      idleReadable();
    } else if (headDone) {
      bodyWanted = false;
      touched();
      current.wake();
    } else {
      readHead(current);
    }
  }

  /// The end, or bytes that nobody asked for (RFC 9112 §9.2); or TLS had something to say for itself, as a new session ticket.
  private void idleReadable() {
    if (reader.fill() == 0) {
      fillWanted();
    } else {
      close();
    }
  }

  private void readHead(UpstreamCall current) {
    while (call == current && !headDone) {
      switch (reader.head()) {
        case MORE -> {
          int filled = reader.fill();
          if (filled == 0) {
            fillWanted();
            return;
          }
          touched();
          if (filled < 0 && !reader.end()) {
            closedEarly();
            return;
          }
        }
        case INTERIM -> interim(current);
        case FINAL -> deliver(current);
        case BROKEN -> {
          fail(new Failure(reader.closedEarly() ? Failure.Kind.CLOSED : Failure.Kind.PROTOCOL, reader.problem()), sent());
          return;
        }
      }
    }
  }

  private void closedEarly() {
    boolean stale = used && !reader.begun();
    fail(new Failure(Failure.Kind.CLOSED, "closed before an answer"), stale ? Upstream.Sent.STALE_CONNECTION : Upstream.Sent.SOME);
  }

  private Upstream.Sent sent() {
    return reader.begun() ? Upstream.Sent.ANSWER_BEGUN : Upstream.Sent.SOME;
  }

  private void interim(UpstreamCall current) {
    int status = reader.status();
    if (status == 101) {
      upgrade(current);
      return;
    }
    HttpFields headers = reader.headers();
    reader.expectNext();
    if (status == 100) {
      writer.release();
    } else {
      current.receiver.interim(status, headers);
    }
  }

  private void upgrade(UpstreamCall current) {
    if (current.request.upgrade() == null || !requestSent) {
      fail(new Failure(Failure.Kind.PROTOCOL, "101 that was not asked for"), sent());
      return;
    }
    detached = true;
    call = null;
    current.ended();
    clock.stop();
    ByteBuffer early = reader.takeRest();
    pool.gone(this);
    current.receiver.upgraded(reader.headers(), new dev.sluice.proxy.upstream.Tunnel(getEndPoint(), early));
  }

  private void deliver(UpstreamCall current) {
    headDone = true;
    headDue = 0;
    int status = reader.status();
    long length = reader.length();
    if (length == 0) {
      complete(current);
    }
    current.receiver.head(status, reader.reason(), reader.headers(), length, current);
  }

  @Override
  public Content.@Nullable Chunk readBody() {
    UpstreamCall current = Objects.requireNonNull(call);
    Content.Chunk chunk = reader.read();
    if (chunk == null) {
      return null;
    }
    if (Content.Chunk.isFailure(chunk)) {
      BrokenAnswer why = new BrokenAnswer(new Failure(Failure.Kind.CLOSED, chunk.getFailure().getMessage()));
      current.broken(why);
      abandon();
      return Content.Chunk.from(why, true);
    }
    if (chunk.isLast()) {
      complete(current);
    }
    return chunk;
  }

  @Override
  public boolean wantBody() {
    bodyWanted = true;
    if (reader.hasBody()) {
      return true;
    }
    touched();
    clock.watch();
    fillWanted();
    return false;
  }

  /// The response was read to its end.
  private void complete(UpstreamCall current) {
    boolean keep = requestSent && !writer.writing() && reader.finish() && getEndPoint().isOpen();
    call = null;
    used = true;
    current.ended();
    if (!keep) {
      writer.stop();
      close();
      return;
    }
    fillWanted();
    lastActive = shared.settings().idleTimeout().isZero() ? 0 : System.nanoTime();
    pool.free(this);
    clock.watch();
  }

  // ---- the end

  private void fail(Failure why, Upstream.Sent sent) {
    UpstreamCall current = call;
    boolean told = headDone;
    abandon();
    if (current != null) {
      if (told) {
        current.broken(new BrokenAnswer(why));
      } else {
        current.fail(why, sent);
      }
    }
  }

  @Override
  public void abandon() {
    call = null;
    writer.stop();
    close();
  }

  @Override
  public void close() {
    if (closed || detached) {
      return;
    }
    closed = true;
    clock.stop();
    reader.discard();
    getEndPoint().close();
    pool.gone(this);
  }

  /// The socket was closed by somebody else: the server stops.
  @Override
  public void onClose(@Nullable Throwable cause) {
    super.onClose(cause);
    fillable.failed(cause == null ? new ClosedChannelException() : cause);
  }

  private void lost() {
    if (!closed && !detached) {
      fail(new Failure(Failure.Kind.CLOSED, "connection closed"), sent());
    }
  }

  // ---- time

  /// When something is due, as nanoseconds of [System#nanoTime]; 0 when nothing is.
  private long due() {
    UpstreamCall current = call;
    if (closed || detached) {
      return 0;
    }
    if (current == null) {
      long keep = shared.settings().idleTimeout().toNanos();
      return keep == 0 ? 0 : lastActive + keep;
    }
    long due = headDone ? 0 : headDue;
    boolean waits = writer.writing() || (headDone ? bodyWanted : requestSent);
    if (current.request.idleNanos() > 0 && waits) {
      due = CallClock.earlier(due, lastActive + current.request.idleNanos());
    }
    return writer.held() ? CallClock.earlier(due, lastActive + shared.settings().expectTimeout().toNanos()) : due;
  }

  private void expired(long now) {
    if (call == null) {
      close();
    } else if (!headDone && headDue != 0 && headDue - now <= 0) {
      fail(new Failure(Failure.Kind.HEADER_TIMEOUT, "no answer in time"), sent());
    } else if (writer.held()) {
      writer.release();
      clock.watch();
    } else {
      fail(new Failure(Failure.Kind.IDLE_TIMEOUT, "no byte in time"), sent());
    }
  }

  @Override
  public void onFillable() {
    readable();
  }

}
