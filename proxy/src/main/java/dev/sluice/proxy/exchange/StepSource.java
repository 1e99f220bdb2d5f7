package dev.sluice.proxy.exchange;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.routes.spi.BodyProblem;
import dev.sluice.routes.spi.BodyStep;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// A body as one step changes it. Pulls input only when output is asked for, so backpressure passes through. Loop only.
public final class StepSource implements Content.Source {
  static final int ROOM = 16 * 1024;

  /// Most bytes that a step may leave unread and ask for more.
  static final int LEFT = 64 * 1024;

  private final Content.Source from;
  private final BodyStep step;
  private final EventLoop loop;

  private final Output output = new Output();
  private Content.@Nullable Chunk input;
  private @Nullable Trailers trailers;
  private boolean inputLast;
  private boolean needInput = true;
  private boolean ended;
  private long pause;
  private EventLoop.@Nullable Timer timer;
  private @Nullable Throwable failure;

  public StepSource(Content.Source from, BodyStep step, EventLoop loop) {
    this.from = from;
    this.step = step;
    this.loop = loop;
  }

  /// Why the body could not be changed, or null: its own step's failure, or that of the body behind.
  public @Nullable Throwable failure() {
    return failure;
  }

  @Override
  public Content.@Nullable Chunk read() {
    while (true) {
      if (failure != null) {
        return Content.Chunk.from(failure);
      }
      if (ended) {
        return trailers == null ? Content.Chunk.EOF : trailers;
      }
      if (pause > 0) {
        return null;
      }
      if (needInput && !inputLast && !pull()) {
        return null;
      }
      if (failure != null) {
        continue;
      }
      Content.Chunk out = run();
      if (out != null) {
        return out;
      }
    }
  }

  /// Gets the next chunk of input; false when there is none now.
  private boolean pull() {
    Content.Chunk chunk = from.read();
    if (chunk == null) {
      return false;
    }
    if (Content.Chunk.isFailure(chunk)) {
      failure = chunk.getFailure();
      return true;
    }
    inputLast = chunk.isLast();
    Content.Chunk next = chunk;
    if (chunk instanceof Trailers t) {
      trailers = t;
      next = Content.Chunk.EOF;
    }
    Content.Chunk before = input;
    if (before != null && before.hasRemaining()) {
      next = join(before, next);
    }
    releaseInput();
    input = next;
    needInput = false;
    return true;
  }

  private Content.Chunk join(Content.Chunk left, Content.Chunk next) {
    if (left.remaining() > LEFT) {
      failure = new BodyProblem(500, "a body step left more than " + LEFT + " bytes unread");
    }
    ByteBuffer joined = ByteBuffer.allocate(left.remaining() + next.remaining());
    joined.put(left.getByteBuffer().slice()).put(next.getByteBuffer().slice()).flip();
    next.release();
    return Content.Chunk.from(joined, next.isLast());
  }

  private Content.@Nullable Chunk run() {
    Content.Chunk current = input == null ? Content.Chunk.EOF : input;
    ByteBuffer in = current.getByteBuffer();
    output.reset();
    BodyStep.Next next;
    try {
      next = step.step(in, inputLast, output);
    } catch (BodyProblem | RuntimeException e) {
      fail(e);
      return null;
    }
    switch (next.kind()) {
      case INPUT -> {
        needInput = true;
        if (inputLast) {
          ended = true;
        }
      }
      case ROOM -> {
        // called again with the input that is left
      }
      case PAUSE -> pause = Math.max(1, next.nanos());
      case END -> ended = true;
    }
    Content.Chunk out = output.take(current, ended && trailers == null);
    if (ended) {
      releaseInput();
    }
    return out;
  }

  private void releaseInput() {
    Content.Chunk done = input;
    input = null;
    if (done != null) {
      done.release();
    }
  }

  @Override
  public void demand(Runnable ready) {
    if (failure != null || ended) {
      loop.execute(ready);
    } else if (pause > 0) {
      long wait = pause;
      timer = loop.schedule(wait, () -> {
        pause = 0;
        timer = null;
        ready.run();
      });
    } else if (needInput && !inputLast) {
      from.demand(ready);
    } else {
      loop.execute(ready);
    }
  }

  @Override
  public void fail(Throwable why) {
    if (failure == null) {
      failure = why;
    }
    EventLoop.Timer pending = timer;
    timer = null;
    if (pending != null) {
      pending.cancel();
    }
    releaseInput();
    from.fail(why);
  }

  private static final class Output implements BodyStep.Room {
    private @Nullable ByteBuffer buffer;
    private @Nullable ByteBuffer passed;

    void reset() {
      passed = null;
      if (buffer != null) {
        buffer = null;
      }
    }

    @Override
    public ByteBuffer buffer() {
      ByteBuffer room = buffer;
      if (room == null) {
        room = ByteBuffer.allocate(ROOM);
        buffer = room;
      }
      return room;
    }

    @Override
    public void pass(ByteBuffer slice) {
      passed = slice;
    }

    /// What the step wrote, or null when nothing; a passed slice holds on to the input chunk that it is part of.
    Content.@Nullable Chunk take(Content.Chunk in, boolean last) {
      ByteBuffer slice = passed;
      if (slice != null && slice.hasRemaining()) {
        if (!in.canRetain()) {
          return Content.Chunk.from(slice, last);
        }
        in.retain();
        return Content.Chunk.asChunk(slice, last, in);
      }
      ByteBuffer written = buffer;
      if (written != null && written.position() > 0) {
        return Content.Chunk.from(written.flip(), last);
      }
      return last ? Content.Chunk.EOF : null;
    }
  }
}
