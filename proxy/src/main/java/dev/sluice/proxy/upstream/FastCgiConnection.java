package dev.sluice.proxy.upstream;

import dev.sluice.proxy.upstream.UpstreamRequest.Cgi;
import dev.sluice.routes.spi.Failure;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.AbstractConnection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// A connection to a FastCGI application, for one call. What the application writes to its error stream goes to the log; when it says there that the
/// script is unknown, the answer is a 404, as in Skipper. On the loop.
final class FastCgiConnection extends AbstractConnection implements HostPool.Pooled, Carrier {
  private static final long AFTER_BROKEN_WRITE = TimeUnit.SECONDS.toNanos(1);
  private static final String UNKNOWN_SCRIPT = "Primary script unknown";

  private final Shared shared;
  private final HostPool pool;
  private final FastCgiReader reader;
  private final Callback fillable;
  private final CallClock clock;
  private @Nullable FastCgiWriter writer;
  private @Nullable UpstreamCall call;
  private Upstream.@Nullable Receiver complaintsTo;
  private long remaining = -1;
  private long lastActive;
  private long headDue;
  private boolean headDone;
  private boolean bodyWanted;
  private boolean closed;

  FastCgiConnection(Shared shared, EndPoint endPoint, HostPool pool) {
    super(endPoint, Runnable::run);
    this.shared = shared;
    this.pool = pool;
    this.reader = new FastCgiReader(shared, endPoint);
    this.fillable = new Fillable(shared.loop(), this::readable, why -> lost());
    this.clock = new CallClock(shared.loop(), this::due, this::expired);
  }

  @Override
  public boolean usable() {
    return false;
  }

  @Override
  public boolean quiet() {
    return false;
  }

  @Override
  public void start(UpstreamCall next) {
    call = next;
    complaintsTo = next.receiver;
    next.began(this);
    lastActive = System.nanoTime();
    FastCgiWriter begun = new FastCgiWriter(shared, getEndPoint(), this, next);
    writer = begun;
    fillWanted();
    Cgi cgi = next.request.way().cgi();
    if (cgi == null) {
      fail(new Failure(Failure.Kind.FILTER, "no script was set"), Upstream.Sent.NOTHING);
      return;
    }
    try {
      begun.begin(cgi, pool.target().port());
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
    lastActive = System.nanoTime();
  }

  void requestSent() {
    UpstreamCall current = call;
    if (current != null && !headDone && current.request.headNanos() > 0) {
      headDue = System.nanoTime() + current.request.headNanos();
    }
    clock.watch();
  }

  void writeFailed() {
    if (!headDone) {
      headDue = System.nanoTime() + AFTER_BROKEN_WRITE;
      clock.watch();
    }
  }

  // ---- reading

  private void readable() {
    UpstreamCall current = call;
    if (closed || current == null) {
      return;
    }
    touched();
    if (headDone) {
      bodyWanted = false;
      current.wake();
    } else {
      readHead(current);
    }
  }

  private void readHead(UpstreamCall current) {
    while (call == current && !headDone) {
      switch (reader.next()) {
        case MORE -> {
          int filled = reader.fill();
          if (filled == 0) {
            fillWanted();
            return;
          }
          if (filled < 0) {
            fail(new Failure(Failure.Kind.CLOSED, reader.begun() ? "closed before the end of the head" : "closed before an answer"), sent());
          }
        }
        case HEAD -> deliver(current);
        case BODY, END -> throw new IllegalStateException("a body before its head");
        case BROKEN -> broken(current);
      }
    }
  }

  private void broken(UpstreamCall current) {
    if (reader.complaints().contains(UNKNOWN_SCRIPT)) {
      unknownScript(current);
    } else {
      fail(new Failure(Failure.Kind.PROTOCOL, reader.problem()), sent());
    }
  }

  private void unknownScript(UpstreamCall current) {
    headDone = true;
    abandon();
    byte[] text = "Not Found".getBytes(StandardCharsets.US_ASCII);
    current.ended();
    current.receiver.head(404, null, HttpFields.EMPTY, text.length, Content.Source.from(ByteBuffer.wrap(text)));
  }

  private void deliver(UpstreamCall current) {
    if (reader.complaints().contains(UNKNOWN_SCRIPT)) {
      unknownScript(current);
      return;
    }
    CgiHead head = reader.head();
    HttpFields.Mutable fields = head.fields();
    fields.remove(HttpHeader.TRANSFER_ENCODING);
    fields.remove(HttpHeader.CONNECTION);
    long length;
    try {
      length = fields.getLongField(HttpHeader.CONTENT_LENGTH);
    } catch (NumberFormatException e) {
      length = -2;
    }
    if (length < -1 || fields.getValuesList(HttpHeader.CONTENT_LENGTH).stream().distinct().count() > 1) {
      fail(new Failure(Failure.Kind.PROTOCOL, "malformed response: the length is no number"), sent());
      return;
    }
    headDone = true;
    headDue = 0;
    remaining = length;
    int status = head.status();
    if (length == 0 || status == 204 || status == 304 || HttpMethod.HEAD.is(current.request.method())) {
      length = 0;
      abandon();
      current.ended();
    }
    current.receiver.head(status, null, fields, length, current);
  }

  @Override
  public Content.@Nullable Chunk readBody() {
    while (true) {
      switch (reader.next()) {
        case MORE -> {
          int filled = reader.fill();
          if (filled == 0) {
            return null;
          }
          if (filled < 0) {
            return cutOff("closed before the end of the body");
          }
        }
        case HEAD -> throw new IllegalStateException("a second head");
        case BODY -> {
          Content.Chunk chunk = reader.body();
          if (remaining >= 0) {
            remaining -= chunk.remaining();
            if (remaining < 0) {
              chunk.release();
              return cutOff("the body is longer than announced");
            }
          }
          return chunk;
        }
        case END -> {
          return remaining > 0 ? cutOff("ended before the end of the body") : end();
        }
        case BROKEN -> {
          return cutOff(reader.problem());
        }
      }
    }
  }

  private Content.Chunk end() {
    UpstreamCall current = Objects.requireNonNull(call);
    abandon();
    current.ended();
    return Content.Chunk.EOF;
  }

  private Content.Chunk cutOff(String detail) {
    UpstreamCall current = Objects.requireNonNull(call);
    BrokenAnswer why = new BrokenAnswer(new Failure(Failure.Kind.CLOSED, detail));
    current.broken(why);
    abandon();
    return Content.Chunk.from(why, true);
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

  // ---- the end

  private Upstream.Sent sent() {
    return reader.begun() ? Upstream.Sent.ANSWER_BEGUN : Upstream.Sent.SOME;
  }

  void fail(Failure why, Upstream.Sent sent) {
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
    close();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    clock.stop();
    FastCgiWriter begun = writer;
    if (begun != null) {
      begun.stop();
    }
    Upstream.Receiver receiver = complaintsTo;
    if (receiver != null && !reader.complaints().isEmpty()) {
      receiver.complained(reader.complaints());
    }
    reader.discard();
    getEndPoint().close();
    pool.gone(this);
  }

  @Override
  public void onClose(@Nullable Throwable cause) {
    super.onClose(cause);
    fillable.failed(cause == null ? new ClosedChannelException() : cause);
  }

  private void lost() {
    if (!closed) {
      fail(new Failure(Failure.Kind.CLOSED, "connection closed"), sent());
    }
  }

  // ---- time

  private long due() {
    UpstreamCall current = call;
    FastCgiWriter begun = writer;
    if (closed || current == null || begun == null) {
      return 0;
    }
    boolean waits = begun.writing() || (headDone ? bodyWanted : begun.sent());
    long idle = current.request.idleNanos() > 0 && waits ? lastActive + current.request.idleNanos() : 0;
    return CallClock.earlier(headDone ? 0 : headDue, idle);
  }

  private void expired(long now) {
    boolean head = !headDone && headDue != 0 && headDue - now <= 0;
    fail(head ? new Failure(Failure.Kind.HEADER_TIMEOUT, "no answer in time") : new Failure(Failure.Kind.IDLE_TIMEOUT, "no byte in time"),
        sent());
  }

  @Override
  public void onFillable() {
    readable();
  }
}
