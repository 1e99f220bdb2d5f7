package dev.sluice.proxy.upstream;

import dev.sluice.proxy.upstream.UpstreamRequest.Cgi;
import dev.sluice.routes.spi.Failure;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/// Sends one request as FastCGI records. The body is read when the write before it is done, which is the backpressure.
final class FastCgiWriter implements Callback {
  private final Shared shared;
  private final EndPoint endPoint;
  private final FastCgiConnection connection;
  private final UpstreamCall call;
  private final BodyLength length;
  private final Invocable.Task onBody = new Invocable.ReadyTask(InvocationType.NON_BLOCKING, this::readable);
  private Content.@Nullable Chunk chunk;
  private boolean bodyRead;
  private boolean demanded;
  private boolean writing;
  private boolean pumping;
  private boolean sent;
  private boolean stopped;

  FastCgiWriter(Shared shared, EndPoint endPoint, FastCgiConnection connection, UpstreamCall call) {
    this.shared = shared;
    this.endPoint = endPoint;
    this.connection = connection;
    this.call = call;
    this.length = new BodyLength(call.request.contentLength());
    this.bodyRead = call.body == null || call.request.contentLength() == 0;
  }

  boolean writing() {
    return writing;
  }

  /// The request was sent to its end.
  boolean sent() {
    return sent;
  }

  /// @throws IllegalArgumentException when some part of the request may not be sent; nothing was sent
  void begin(Cgi cgi, int port) {
    ByteBuffer head = FastCgiRecords.head(call.request, cgi, port);
    pumping = true;
    write(head);
    pumping = false;
    pump();
  }

  /// Nothing more is sent.
  void stop() {
    stopped = true;
    if (!writing) {
      drop();
    }
  }

  private void readable() {
    demanded = false;
    pump();
  }

  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      boolean more = true;
      while (more && !stopped && !sent && !writing && !demanded) {
        more = step();
      }
    } finally {
      pumping = false;
    }
  }

  private boolean step() {
    Content.Chunk begun = chunk;
    if (begun != null && begun.hasRemaining()) {
      record(begun.getByteBuffer());
      return true;
    }
    drop();
    if (bodyRead) {
      sent = true;
      write(FastCgiRecords.header(FastCgiRecords.STDIN, 0));
      connection.requestSent();
      return false;
    }
    Content.Source body = Objects.requireNonNull(call.body);
    Content.Chunk read = body.read();
    if (read == null) {
      demanded = true;
      body.demand(onBody);
      return false;
    }
    if (Content.Chunk.isFailure(read)) {
      connection.fail(RequestWriter.failure(read.getFailure()), Upstream.Sent.SOME);
      return false;
    }
    chunk = read;
    if (!length.take(read)) {
      connection.fail(BodyLength.FAILURE, Upstream.Sent.SOME);
      return false;
    }
    bodyRead = length.complete();
    return true;
  }

  /// As much of the bytes as a record can hold.
  private void record(ByteBuffer bytes) {
    int size = Math.min(bytes.remaining(), FastCgiRecords.LONGEST);
    ByteBuffer part = bytes.slice(bytes.position(), size);
    bytes.position(bytes.position() + size);
    write(FastCgiRecords.header(FastCgiRecords.STDIN, size), part);
  }

  private void write(ByteBuffer... buffers) {
    writing = true;
    endPoint.write(this, buffers);
  }

  private void drop() {
    Content.Chunk done = chunk;
    chunk = null;
    if (done != null) {
      done.release();
    }
  }

  @Override
  public void succeeded() {
    if (!shared.loop().inLoop()) {
      shared.loop().execute(this::succeeded);
      return;
    }
    writing = false;
    connection.touched();
    if (stopped) {
      drop();
    } else {
      pump();
    }
  }

  @Override
  public void failed(Throwable why) {
    if (!shared.loop().inLoop()) {
      shared.loop().execute(() -> failed(why));
      return;
    }
    writing = false;
    boolean running = !stopped;
    stop();
    if (running) {
      connection.writeFailed();
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
