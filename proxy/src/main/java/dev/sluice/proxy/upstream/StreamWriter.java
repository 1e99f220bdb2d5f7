package dev.sluice.proxy.upstream;

import java.util.Objects;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.http2.api.Stream;
import org.eclipse.jetty.http2.frames.DataFrame;
import org.eclipse.jetty.http2.frames.HeadersFrame;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/// Sends the body of one call as a stream's data. A chunk is read when the one before was written, which the backend's windows allow or not: that is the
/// backpressure.
final class StreamWriter implements Callback {
  private final Http2Connection connection;
  private final UpstreamCall call;
  private final StreamCarrier carrier;
  private final BodyLength length;
  private final Invocable.Task onBody = new Invocable.ReadyTask(InvocationType.NON_BLOCKING, this::readable);
  private @Nullable Stream stream;
  private Content.@Nullable Chunk chunk;
  private boolean bodyTaken;
  private boolean bodyRead;
  private boolean held;
  private boolean demanded;
  private boolean writing;
  private boolean pumping;
  private boolean sent;
  private boolean stopped;

  StreamWriter(Http2Connection connection, UpstreamCall call, StreamCarrier carrier) {
    this.connection = connection;
    this.call = call;
    this.carrier = carrier;
    this.length = new BodyLength(call.request.contentLength());
    bodyRead = bodyless();
    held = !bodyRead && Http2Head.expectsContinue(call.request);
  }

  boolean bodyless() {
    return call.body == null || call.request.contentLength() == 0;
  }

  /// A chunk is on its way that the backend has not taken yet.
  boolean writing() {
    return writing;
  }

  /// The body waits for a 100.
  boolean held() {
    return held;
  }

  /// The request was sent to its end.
  boolean sent() {
    return sent;
  }

  /// Whether nothing was taken of the body.
  boolean untouched() {
    return bodyless() || !bodyTaken;
  }

  void begin(Stream to) {
    stream = to;
    if (bodyRead) {
      done();
    } else {
      pump();
    }
  }

  /// The body need not wait any longer.
  void release() {
    if (held) {
      held = false;
      pump();
    }
  }

  /// Nothing more is sent. True when something was left to send.
  boolean stop() {
    stopped = true;
    held = false;
    return !sent;
  }

  private void done() {
    sent = true;
    carrier.requestSent();
  }

  private void readable() {
    demanded = false;
    pump();
  }

  private void pump() {
    if (pumping || stream == null) {
      return;
    }
    pumping = true;
    try {
      boolean more = true;
      while (more && !stopped && !sent && !writing && !held && !demanded) {
        more = step(Objects.requireNonNull(call.body));
      }
    } finally {
      pumping = false;
    }
  }

  private boolean step(Content.Source body) {
    if (bodyRead) {
      done();
      return false;
    }
    Content.Chunk read = body.read();
    if (read == null) {
      demanded = true;
      body.demand(onBody);
      return false;
    }
    bodyTaken = true;
    if (Content.Chunk.isFailure(read)) {
      carrier.requestFailed(RequestWriter.failure(read.getFailure()));
      return false;
    }
    if (!length.take(read)) {
      read.release();
      carrier.requestFailed(BodyLength.FAILURE);
      return false;
    }
    write(read);
    return true;
  }

  private void write(Content.Chunk read) {
    Stream to = Objects.requireNonNull(stream);
    bodyRead = length.complete();
    if (read instanceof Trailers with) {
      bodyRead = true;
      var head = Http2Head.trailers(with.getTrailers());
      connection.roomFor(head);
      writing = true;
      to.headers(new HeadersFrame(to.getId(), head, null, true), Callback.from(() -> onLoop(connection::headWritten), this));
      return;
    }
    if (!read.hasRemaining() && !bodyRead) {
      read.release();
      return;
    }
    chunk = read;
    writing = true;
    to.data(new DataFrame(to.getId(), read.getByteBuffer(), bodyRead), this);
  }

  private void onLoop(Runnable task) {
    if (connection.shared().loop().inLoop()) {
      task.run();
    } else {
      connection.shared().loop().execute(task);
    }
  }

  @Override
  public void succeeded() {
    onLoop(() -> {
      written();
      pump();
    });
  }

  /// The stream is over; its listener tells why.
  @Override
  public void failed(Throwable why) {
    onLoop(() -> {
      written();
      stopped = true;
    });
  }

  private void written() {
    writing = false;
    carrier.touched();
    Content.Chunk done = chunk;
    chunk = null;
    if (done != null) {
      done.release();
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
