package dev.sluice.proxy.pipeline;

import dev.sluice.proxy.exchange.GatewayExchange;
import dev.sluice.routes.spi.Failure;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Moves a body to the client: one chunk is read when the one before was written, so that a slow client slows the backend. The head goes with the
/// first chunk that is there, or alone when none is.
final class BodyPump implements Callback {
  private final Pipeline pipeline;
  private final GatewayExchange x;
  private final Content.@Nullable Source source;

  private Content.@Nullable Chunk current;
  private @Nullable HttpFields trailers;
  private int writing;
  private boolean headSent;
  private boolean last;
  private boolean running;
  private boolean again;

  BodyPump(Pipeline pipeline, GatewayExchange x, Content.@Nullable Source source) {
    this.pipeline = pipeline;
    this.x = x;
    this.source = source;
    if (source != null && !x.clientResponse().fields().contains(HttpHeader.CONTENT_LENGTH)) {
      x.jettyResponse().setTrailersSupplier(() -> trailers);
    }
  }

  void writeBytes(ByteBuffer bytes) {
    last = true;
    write(bytes);
  }

  /// A write that completes inside [#write] comes back here: looped, not nested.
  void pump() {
    if (running) {
      again = true;
      return;
    }
    running = true;
    do {
      again = false;
      step();
    } while (again);
    running = false;
  }

  private void step() {
    if (x.ended() || source == null) {
      return;
    }
    Content.Chunk chunk = source.read();
    if (chunk == null) {
      if (headSent) {
        source.demand(this::ready);
      } else {
        write(BufferUtil.EMPTY_BUFFER);
      }
      return;
    }
    if (Content.Chunk.isFailure(chunk)) {
      broken(chunk.getFailure());
      return;
    }
    if (chunk instanceof Trailers t) {
      trailers = t.getTrailers();
    }
    current = chunk;
    last = chunk.isLast();
    write(chunk.getByteBuffer());
  }

  private void ready() {
    if (x.loop().inLoop()) {
      pump();
    } else {
      x.loop().execute(this::pump);
    }
  }

  /// The body cannot be completed: a stated answer while nothing was sent, else the client's connection is cut.
  private void broken(Throwable why) {
    Failure failure = why instanceof dev.sluice.routes.spi.BodyProblem problem
        ? new Failure(Failure.Kind.BODY_STEP, problem.getMessage())
        : new Failure(Failure.Kind.CLOSED, why.getMessage());
    if (headSent) {
      pipeline.cut(x, failure);
    } else {
      pipeline.failBeforeHead(x, failure);
    }
  }

  private void write(ByteBuffer bytes) {
    headSent = true;
    writing = bytes.remaining();
    x.jettyResponse().write(last, bytes, this);
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  @Override
  public void succeeded() {
    if (x.loop().inLoop()) {
      written();
    } else {
      x.loop().execute(this::written);
    }
  }

  private void written() {
    x.responseBytes += writing;
    release();
    if (last) {
      pipeline.end(x, x.clientResponse().status(), x.failure());
      x.callback().succeeded();
    } else {
      pump();
    }
  }

  @Override
  public void failed(Throwable why) {
    if (x.loop().inLoop()) {
      notWritten(why);
    } else {
      x.loop().execute(() -> notWritten(why));
    }
  }

  private void notWritten(Throwable why) {
    release();
    pipeline.cut(x, new Failure(Failure.Kind.CLIENT_GONE, why.getMessage()));
  }

  private void release() {
    Content.Chunk done = current;
    current = null;
    if (done != null) {
      done.release();
    }
  }
}
