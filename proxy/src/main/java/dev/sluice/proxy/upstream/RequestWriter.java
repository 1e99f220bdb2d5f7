package dev.sluice.proxy.upstream;

import dev.sluice.routes.spi.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;

/// Sends one request after another over one connection.
///
/// Head and body bytes gather in one pooled buffer while they fit; a chunk that does not is written together with what is gathered, without a copy.
/// The body is read when the write before it is done, which is the backpressure.
final class RequestWriter implements Callback {
  private static final int BUFFER = 4096;
  private static final byte[] CRLF = {'\r', '\n'};
  private static final byte[] LAST_CHUNK = "0\r\n".getBytes(StandardCharsets.ISO_8859_1);

  private final Shared shared;
  private final EndPoint endPoint;
  private final DirectConnection connection;
  private final Invocable.Task onBody = new Invocable.ReadyTask(InvocationType.NON_BLOCKING, this::bodyReadable);
  private @Nullable UpstreamCall call;
  private RetainableByteBuffer.@Nullable Mutable out;
  private Content.@Nullable Chunk chunk;
  private BodyLength length = new BodyLength(-1);
  private boolean chunked;
  private boolean bodyRead;
  private boolean held;
  private boolean demanded;
  private boolean writing;
  private boolean pumping;

  RequestWriter(Shared shared, EndPoint endPoint, DirectConnection connection) {
    this.shared = shared;
    this.endPoint = endPoint;
    this.connection = connection;
  }

  /// Bytes are on their way that the socket did not take at once.
  boolean writing() {
    return writing;
  }

  /// The body waits for a 100.
  boolean held() {
    return held;
  }

  /// @throws IllegalArgumentException when the head may not be written; nothing was sent
  void send(UpstreamCall next) {
    UpstreamRequest request = next.request;
    RequestHead head = shared.head();
    head.write(request, connection.target());
    RetainableByteBuffer.Mutable buffer = shared.buffers().acquire(Math.max(BUFFER, head.length()), true);
    BufferUtil.append(buffer.getByteBuffer(), head.bytes(), 0, head.length());
    out = buffer;
    call = next;
    chunked = request.contentLength() < 0;
    length = new BodyLength(request.contentLength());
    bodyRead = next.body == null || request.contentLength() == 0;
    held = !bodyRead && head.expectsContinue();
    if (!shared.tricks().singleWrite()) {
      flush(null, null);
    }
    pump();
  }

  /// The body need not wait any longer.
  void release() {
    if (held) {
      held = false;
      pump();
    }
  }

  /// Nothing more is sent of the request; bytes that are being written stay until the socket is closed.
  void stop() {
    call = null;
    held = false;
    if (!writing) {
      drop();
    }
  }

  private void bodyReadable() {
    demanded = false;
    pump();
  }

  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    try {
      UpstreamCall current = call;
      while (current != null && !writing && current == call && step(current)) {
        connection.touched();
      }
    } finally {
      pumping = false;
    }
  }

  /// One read of the body, or one write; false when there is nothing to do now.
  private boolean step(UpstreamCall current) {
    if (bodyRead) {
      if (out == null) {
        call = null;
        connection.requestSent();
        return false;
      }
      flush(null, null);
      return true;
    }
    Content.Chunk read = held || demanded || current.body == null ? null : current.body.read();
    if (read == null) {
      if (out != null) {
        flush(null, null);
        return true;
      }
      if (!held && !demanded && current.body != null) {
        demanded = true;
        current.body.demand(onBody);
      }
      return false;
    }
    if (Content.Chunk.isFailure(read)) {
      connection.requestFailed(failure(read.getFailure()));
      return false;
    }
    take(read);
    return true;
  }

  static Failure failure(Throwable why) {
    Failure.Kind kind = why instanceof TimeoutException ? Failure.Kind.REQUEST_TIMEOUT
        : why instanceof HttpException http ? http.getCode() == 413 ? Failure.Kind.BODY_TOO_LARGE : Failure.Kind.BAD_REQUEST
        : Failure.Kind.CLIENT_GONE;
    return new Failure(kind, "request body: " + why);
  }

  private void take(Content.Chunk read) {
    int size = read.remaining();
    if (!length.take(read)) {
      read.release();
      connection.requestFailed(BodyLength.FAILURE);
      return;
    }
    bodyRead = length.complete();
    byte[] tail = tail(read, size);
    if (chunked && size > 0) {
      append(Integer.toHexString(size).getBytes(StandardCharsets.ISO_8859_1));
      append(CRLF);
    }
    if (size > 0 && size + tail.length > BufferUtil.space(buffer().getByteBuffer())) {
      chunk = read;
      flush(read.getByteBuffer(), tail.length == 0 ? null : ByteBuffer.wrap(tail));
      return;
    }
    BufferUtil.append(buffer().getByteBuffer(), read.getByteBuffer());
    read.release();
    append(tail);
    if (BufferUtil.length(buffer().getByteBuffer()) == 0) {
      drop();
    }
  }

  /// What follows the chunk's bytes on the wire.
  private byte[] tail(Content.Chunk read, int size) {
    if (!chunked) {
      return BufferUtil.EMPTY_BYTES;
    }
    byte[] end = size > 0 ? CRLF : BufferUtil.EMPTY_BYTES;
    if (!bodyRead) {
      return end;
    }
    byte[] trailers = read instanceof Trailers with ? shared.head().trailers(with.getTrailers()) : CRLF;
    byte[] tail = new byte[end.length + LAST_CHUNK.length + trailers.length];
    System.arraycopy(end, 0, tail, 0, end.length);
    System.arraycopy(LAST_CHUNK, 0, tail, end.length, LAST_CHUNK.length);
    System.arraycopy(trailers, 0, tail, end.length + LAST_CHUNK.length, trailers.length);
    return tail;
  }

  private RetainableByteBuffer.Mutable buffer() {
    RetainableByteBuffer.Mutable buffer = out;
    if (buffer == null) {
      buffer = shared.buffers().acquire(BUFFER, true);
      out = buffer;
    }
    return buffer;
  }

  private void append(byte[] bytes) {
    RetainableByteBuffer.Mutable buffer = buffer();
    if (BufferUtil.space(buffer.getByteBuffer()) < bytes.length) {
      RetainableByteBuffer.Mutable larger =
          shared.buffers().acquire(buffer.remaining() + bytes.length + BUFFER, true);
      BufferUtil.append(larger.getByteBuffer(), buffer.getByteBuffer());
      buffer.release();
      out = larger;
      buffer = larger;
    }
    BufferUtil.append(buffer.getByteBuffer(), bytes, 0, bytes.length);
  }

  private void flush(@Nullable ByteBuffer data, @Nullable ByteBuffer tail) {
    writing = true;
    RetainableByteBuffer.Mutable buffer = out;
    ByteBuffer first = buffer == null ? null : buffer.getByteBuffer();
    if (data == null) {
      endPoint.write(this, first == null ? BufferUtil.EMPTY_BUFFER : first);
    } else if (first == null && tail == null) {
      endPoint.write(this, data);
    } else {
      endPoint.write(this, first == null ? BufferUtil.EMPTY_BUFFER : first, data, tail == null ? BufferUtil.EMPTY_BUFFER : tail);
    }
  }

  private void drop() {
    RetainableByteBuffer.Mutable buffer = out;
    out = null;
    if (buffer != null) {
      buffer.release();
    }
    Content.Chunk sent = chunk;
    chunk = null;
    if (sent != null) {
      sent.release();
    }
  }

  @Override
  public void succeeded() {
    if (!shared.loop().inLoop()) {
      shared.loop().execute(this::succeeded);
      return;
    }
    writing = false;
    drop();
    connection.touched();
    pump();
  }

  @Override
  public void failed(Throwable why) {
    if (!shared.loop().inLoop()) {
      shared.loop().execute(() -> failed(why));
      return;
    }
    writing = false;
    boolean running = call != null;
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
