package dev.sluice.proxy.upstream;

import dev.sluice.routes.spi.Failure;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.HTTP2Stream;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.http2.frames.ResetFrame;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.jspecify.annotations.Nullable;

/// The stream of one call. Data is read when the receiver asks for it, which is the backpressure: Jetty enlarges the stream's window as it is read. All
/// methods and events are on the loop.
final class StreamCarrier implements Carrier, Stream.Listener {
  private final Http2Connection connection;
  private final UpstreamCall call;
  private final StreamWriter writer;
  private final CallClock clock;
  private final boolean headRequest;
  private @Nullable Stream stream;
  private @Nullable HttpFields trailers;
  private long remaining = -1;
  private long lastActive;
  private long headDue;
  private boolean begun;
  private boolean headDone;
  private boolean bodyWanted;
  private boolean demanding;
  private boolean over;

  StreamCarrier(Http2Connection connection, UpstreamCall call) {
    this.connection = connection;
    this.call = call;
    this.writer = new StreamWriter(connection, call, this);
    this.clock = new CallClock(connection.shared().loop(), this::due, this::expired);
    this.headRequest = HttpMethod.HEAD.is(call.request.method());
  }

  void begin() {
    lastActive = System.nanoTime();
    MetaData.Request head;
    try {
      head = Http2Head.request(call.request, connection.host().target().tls() ? "https" : "http");
    } catch (IllegalArgumentException e) {
      fail(new Failure(Failure.Kind.FILTER, e.getMessage()), Upstream.Sent.NOTHING);
      return;
    }
    if (!connection.roomFor(head)) {
      fail(new Failure(Failure.Kind.HEAD_TOO_LARGE, "the backend takes no head of that size"), Upstream.Sent.NOTHING);
      return;
    }
    connection.getSession().newStream(new HeadersFrame(head, null, writer.bodyless()), new Opening(), this);
    clock.watch();
  }

  /// The head was written, or could not be.
  private final class Opening implements Promise.Invocable<Stream> {
    @Override
    public void succeeded(Stream opened) {
      onLoop(() -> opened(opened));
    }

    @Override
    public void failed(Throwable why) {
      onLoop(() -> {
        connection.headWritten();
        // No stream was made: the connection is closing, or the backend allows fewer streams since.
        fail(new Failure(Failure.Kind.CLOSED, String.valueOf(why.getMessage())), Upstream.Sent.NOTHING);
      });
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }

  private void onLoop(Runnable task) {
    if (connection.shared().loop().inLoop()) {
      task.run();
    } else {
      connection.shared().loop().execute(task);
    }
  }

  private void opened(Stream opened) {
    connection.headWritten();
    stream = opened;
    if (over) {
      cancelStream();
    } else {
      touched();
      writer.begin(opened);
    }
  }

  // ---- what the writer tells

  void touched() {
    if (call.request.idleNanos() > 0) {
      lastActive = System.nanoTime();
    }
  }

  void requestSent() {
    if (!headDone && call.request.headNanos() > 0) {
      headDue = System.nanoTime() + call.request.headNanos();
    }
    clock.watch();
  }

  /// The request's body failed before it was sent.
  void requestFailed(Failure why) {
    fail(why, Upstream.Sent.SOME);
  }

  // ---- what the stream tells

  @Override
  public void onHeaders(Stream from, HeadersFrame frame, Callback callback) {
    if (!over) {
      begun = true;
      touched();
      headers(frame, frame.getMetaData());
    }
    // Only now: with it Jetty tells what follows.
    callback.succeeded();
  }

  private void headers(HeadersFrame frame, MetaData metaData) {
    MetaData.Response response = metaData instanceof MetaData.Response head ? head : null;
    if (headDone && response == null) {
      trailers = metaData.getHttpFields();
      return;
    }
    String problem = headDone ? "a second head" : response == null ? "a head without a status" : problem(response);
    if (problem != null || response == null) {
      fail(new Failure(Failure.Kind.PROTOCOL, "malformed response: " + problem), Upstream.Sent.SOME);
      forget();
    } else if (response.getStatus() == 100) {
      writer.release();
    } else if (response.getStatus() < 200) {
      call.receiver.interim(response.getStatus(), response.getHttpFields());
    } else {
      deliver(response, frame.isEndStream());
    }
  }

  private static @Nullable String problem(MetaData.Response response) {
    int status = response.getStatus();
    if (status < 100 || status > 999 || status == 101) {
      return "status " + status;
    }
    for (HttpField field : response.getHttpFields()) {
      String value = field.getValue();
      if (Http2Head.ofConnection(field.getHeader()) && field.getHeader() != HttpHeader.CONTENT_LENGTH) {
        return field.getName() + " is not for HTTP/2";
      }
      for (int i = 0; value != null && i < value.length(); i++) {
        char c = value.charAt(i);
        if (c < ' ' && c != '\t' || c == 0x7f) {
          return "a control character in " + field.getName();
        }
      }
    }
    return response.getHttpFields().getValuesList(HttpHeader.CONTENT_LENGTH).stream().distinct().count() > 1
        ? "several lengths" : null;
  }

  private void deliver(MetaData.Response response, boolean last) {
    headDone = true;
    headDue = 0;
    int status = response.getStatus();
    HttpFields fields = response.getHttpFields();
    boolean bodyless = headRequest || status == 204 || status == 304;
    long length = fields.getLongField(HttpHeader.CONTENT_LENGTH);
    if (last && length > 0 && !bodyless) {
      fail(new Failure(Failure.Kind.CLOSED, "ended before the end of the body"), Upstream.Sent.SOME);
      return;
    }
    if (last || bodyless) {
      length = 0;
      finish(true);
      call.ended();
      if (!last) {
        // A body where none may be is not waited for.
        cancelStream();
      }
    } else {
      remaining = length;
    }
    call.receiver.head(status, null, fields, last || bodyless ? 0 : length, call);
  }

  @Override
  public void onDataAvailable(Stream from) {
    touched();
    bodyWanted = false;
    if (demanding) {
      connection.shared().loop().execute(call::wake);
    } else {
      call.wake();
    }
  }

  @Override
  public void onReset(Stream from, ResetFrame frame, Callback callback) {
    callback.succeeded();
    if (isWhole(from)) {
      // The answer is whole and can be read; only the rest of the request is not wanted (RFC 9113 §8.1).
      writer.stop();
      return;
    }
    boolean refused = frame.getError() == ErrorCode.REFUSED_STREAM_ERROR.code;
    fail(new Failure(Failure.Kind.CLOSED, "stream reset: " + ErrorCode.toString(frame.getError(), "error " + frame.getError())),
        refused ? Upstream.Sent.NOTHING : Upstream.Sent.SOME);
  }

  private boolean isWhole(Stream from) {
    return headDone && from instanceof HTTP2Stream received && received.isLastDataReceived();
  }

  @Override
  public void onFailure(Stream from, int error, String reason, Throwable why, Callback callback) {
    callback.succeeded();
    boolean malformed = error == ErrorCode.PROTOCOL_ERROR.code || error == ErrorCode.FRAME_SIZE_ERROR.code
        || error == ErrorCode.FLOW_CONTROL_ERROR.code || error == ErrorCode.COMPRESSION_ERROR.code;
    String problem = malformed ? String.valueOf(why == null ? reason : why.getMessage()) : connection.malformed();
    if (problem != null) {
      fail(new Failure(headDone ? Failure.Kind.CLOSED : Failure.Kind.PROTOCOL, "malformed response: " + problem), Upstream.Sent.SOME);
    } else {
      brokenOff(from.getId(), String.valueOf(why == null ? reason : why.getMessage()));
    }
  }

  @Override
  public void onIdleTimeout(Stream from, TimeoutException timeout, Promise<Boolean> promise) {
    // The clock watches.
    promise.succeeded(false);
  }

  /// Jetty resets by itself a stream whose data is not as long as announced, and tells nobody else. What is told is told before this runs.
  @Override
  public void onClosed(Stream from) {
    connection.shared().loop().execute(() -> {
      if (from.isReset() && !isWhole(from)) {
        fail(new Failure(Failure.Kind.CLOSED, "the body has another length than announced"), Upstream.Sent.SOME);
      }
    });
  }

  /// The connection is closed.
  void lost() {
    Stream mine = stream;
    brokenOff(mine == null ? 0 : mine.getId(), "connection closed");
  }

  /// The connection takes no further part in this call. A request that the backend never looked at (RFC 9113 §6.8) goes to another connection, as long
  /// as it is whole.
  private void brokenOff(int streamId, String why) {
    if (!over && !headDone && connection.unseen(streamId) && writer.untouched()) {
      finish(false);
      connection.host().begin(call);
      return;
    }
    Upstream.Sent sent = connection.unseen(streamId) ? Upstream.Sent.NOTHING
        : connection.used() && !headDone ? Upstream.Sent.STALE_CONNECTION : Upstream.Sent.SOME;
    fail(new Failure(Failure.Kind.CLOSED, why), sent);
  }

  // ---- the body

  @Override
  public Content.@Nullable Chunk readBody() {
    Stream.Data data = Objects.requireNonNull(stream).readData();
    if (data == null) {
      return null;
    }
    touched();
    boolean last = data.frame().isEndStream();
    int size = data.frame().remaining();
    if (remaining >= 0) {
      remaining -= size;
    }
    if (last && remaining > 0) {
      data.release();
      BrokenAnswer why = new BrokenAnswer(new Failure(Failure.Kind.CLOSED, "ended before the end of the body"));
      call.broken(why);
      abandon();
      return Content.Chunk.from(why, true);
    }
    HttpFields after = trailers;
    if (last) {
      finish(true);
      call.ended();
    }
    if (size == 0) {
      data.release();
      return !last ? readBody() : after == null ? Content.Chunk.EOF : new Trailers(after);
    }
    return Content.Chunk.asChunk(data.frame().getByteBuffer(), last, data);
  }

  @Override
  public boolean wantBody() {
    bodyWanted = true;
    touched();
    clock.watch();
    demanding = true;
    Objects.requireNonNull(stream).demand();
    demanding = false;
    return false;
  }

  // ---- the end

  private void fail(Failure why, Upstream.Sent sent) {
    if (over) {
      return;
    }
    boolean told = headDone;
    finish(false);
    cancelStream();
    if (told) {
      call.broken(new BrokenAnswer(why));
    } else {
      // An interim answer is an answer begun: the backend was at work.
      call.fail(why, begun ? Upstream.Sent.ANSWER_BEGUN : sent);
    }
  }

  private void finish(boolean answered) {
    over = true;
    clock.stop();
    boolean sending = writer.stop();
    connection.ended(this, answered);
    if (answered && sending) {
      // The rest of the request is not wanted (RFC 9113 §8.1).
      cancelStream();
    }
  }

  private void cancelStream() {
    Stream mine = stream;
    if (mine != null && !mine.isClosed() && !mine.isReset()) {
      mine.reset(new ResetFrame(mine.getId(), ErrorCode.CANCEL_STREAM_ERROR.code), Callback.NOOP);
    }
  }

  /// To Jetty a head without a status is trailers and so the stream's end; what comes on it nevertheless would be kept for nobody.
  private void forget() {
    Stream mine = stream;
    if (mine != null) {
      mine.reset(new ResetFrame(mine.getId(), ErrorCode.PROTOCOL_ERROR.code), Callback.NOOP);
      connection.getSession().removeStream(mine);
    }
  }

  @Override
  public void abandon() {
    if (!over) {
      finish(false);
    }
    cancelStream();
  }

  // ---- time

  private long due() {
    if (over) {
      return 0;
    }
    long due = headDone ? 0 : headDue;
    boolean waits = writer.writing() || (headDone ? bodyWanted : writer.sent());
    if (call.request.idleNanos() > 0 && waits) {
      due = CallClock.earlier(due, lastActive + call.request.idleNanos());
    }
    return writer.held() ? CallClock.earlier(due, lastActive + connection.shared().settings().expectTimeout().toNanos()) : due;
  }

  private void expired(long now) {
    if (!headDone && headDue != 0 && headDue - now <= 0) {
      fail(new Failure(Failure.Kind.HEADER_TIMEOUT, "no answer in time"), Upstream.Sent.SOME);
    } else if (writer.held()) {
      writer.release();
      clock.watch();
    } else {
      fail(new Failure(Failure.Kind.IDLE_TIMEOUT, "no byte in time"), Upstream.Sent.SOME);
    }
  }
}
