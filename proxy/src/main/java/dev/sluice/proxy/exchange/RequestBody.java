package dev.sluice.proxy.exchange;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.routes.spi.BodyProblem;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.eclipse.jetty.http.Trailers;
import org.eclipse.jetty.io.Content;
import org.jspecify.annotations.Nullable;

/// The request body as received. Each attempt of a backend call reads it through a view of its own ([#attempt]); the first bytes can be looked at
/// before ([#peek]), and a bounded body can be kept for further attempts ([#keep]). Loop only, but for [#peek].
public final class RequestBody {
  private final Content.Source raw;
  private final long length;
  private final EventLoop loop;

  /// Copies of chunks that are kept: all so far when `keeping`, else only what was peeked at and not yet read.
  private final List<Content.Chunk> kept = new ArrayList<>(0);
  private boolean keeping;
  private boolean begun;
  private boolean lastReceived;
  private boolean demanded;
  private long received;
  private long limit = Long.MAX_VALUE;
  private @Nullable Throwable failure;
  private @Nullable Runnable waiter;
  private @Nullable Attempt current;

  /// @param length as announced; -1: unknown
  RequestBody(Content.Source raw, long length, EventLoop loop) {
    this.raw = raw;
    this.length = length;
    this.loop = loop;
  }

  /// Bytes received from the client so far.
  public long received() {
    return received;
  }

  /// Why the client's side of the body failed, or null.
  public @Nullable Throwable failure() {
    return failure;
  }

  /// True once the last byte was received.
  public boolean complete() {
    return lastReceived || received == length;
  }

  /// More bytes than this fail the body with [BodyProblem] 413.
  public void limit(long bytes) {
    limit = Math.min(limit, bytes);
  }

  /// From now on all bytes are kept for further attempts. The caller knows that the body is short enough.
  public void keep() {
    keeping = true;
  }

  /// True when a further attempt would see the whole body.
  public boolean replayable() {
    return keeping || !begun;
  }

  /// The whole body for one more attempt; the attempt before reads nothing any more.
  public Content.Source attempt() {
    Attempt before = current;
    if (before != null) {
      before.over = true;
    }
    waiter = null;
    Attempt next = new Attempt();
    current = next;
    return next;
  }

  /// Reads and drops what is left, at most `max` bytes, then runs `done`.
  public void drain(long max, Runnable done) {
    Content.Source rest = attempt();
    drain(rest, max, done);
  }

  private void drain(Content.Source rest, long left, Runnable done) {
    long remaining = left;
    while (remaining > 0) {
      Content.Chunk chunk = rest.read();
      if (chunk == null) {
        long next = remaining;
        rest.demand(() -> drain(rest, next, done));
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        break;
      }
      remaining -= chunk.remaining();
      chunk.release();
      if (chunk.isLast()) {
        break;
      }
    }
    done.run();
  }

  ByteBuffer peek(int max) throws BodyProblem {
    CompletableFuture<ByteBuffer> first = new CompletableFuture<>();
    loop.execute(() -> fetch(max, first));
    try {
      return first.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BodyProblem(499, "the client went away");
    } catch (ExecutionException e) {
      throw new BodyProblem(400, "the request body cannot be read");
    }
  }

  private void fetch(int max, CompletableFuture<ByteBuffer> first) {
    while (keptBytes() < max && !lastReceived) {
      Content.Chunk chunk = receive();
      if (chunk == null) {
        await(() -> fetch(max, first));
        return;
      }
      if (Content.Chunk.isFailure(chunk)) {
        first.completeExceptionally(chunk.getFailure());
        return;
      }
      kept.add(copy(chunk));
      chunk.release();
    }
    ByteBuffer joined = ByteBuffer.allocate((int) Math.min(max, keptBytes()));
    for (Content.Chunk chunk : kept) {
      ByteBuffer part = chunk.getByteBuffer().slice();
      part.limit(Math.min(part.limit(), joined.remaining()));
      joined.put(part);
    }
    first.complete(joined.flip().asReadOnlyBuffer());
  }

  private long keptBytes() {
    long sum = 0;
    for (Content.Chunk chunk : kept) {
      sum += chunk.remaining();
    }
    return sum;
  }

  private Content.@Nullable Chunk receive() {
    Content.Chunk chunk = raw.read();
    if (chunk == null) {
      return null;
    }
    if (Content.Chunk.isFailure(chunk)) {
      failure = chunk.getFailure();
      return chunk;
    }
    received += chunk.remaining();
    lastReceived = chunk.isLast();
    if (chunk instanceof Trailers trailers) {
      return RequestTrailers.allowed(trailers);
    }
    if (received > limit) {
      chunk.release();
      BodyProblem tooLarge = new BodyProblem(413, "the request body is longer than " + limit + " bytes");
      failure = tooLarge;
      raw.fail(tooLarge);
      return Content.Chunk.from(tooLarge);
    }
    return chunk;
  }

  private void await(Runnable ready) {
    waiter = ready;
    if (!demanded) {
      demanded = true;
      raw.demand(this::ready);
    }
  }

  private void ready() {
    if (!loop.inLoop()) {
      loop.execute(this::ready);
      return;
    }
    demanded = false;
    Runnable next = waiter;
    waiter = null;
    if (next != null) {
      next.run();
    }
  }

  private static Content.Chunk copy(Content.Chunk chunk) {
    if (chunk instanceof Trailers) {
      return chunk;
    }
    ByteBuffer from = chunk.getByteBuffer().slice();
    ByteBuffer to = ByteBuffer.allocate(from.remaining()).put(from).flip();
    return Content.Chunk.from(to, chunk.isLast());
  }

  void close() {
    kept.clear();
    waiter = null;
    Attempt last = current;
    if (last != null) {
      last.over = true;
    }
  }

  private final class Attempt implements Content.Source {
    private int at;
    private boolean over;

    @Override
    public Content.@Nullable Chunk read() {
      if (over) {
        return Content.Chunk.from(new EOFException("the attempt is over"));
      }
      begun = true;
      if (at < kept.size()) {
        Content.Chunk chunk = keeping ? kept.get(at++) : kept.removeFirst();
        return chunk instanceof Trailers ? chunk : Content.Chunk.from(chunk.getByteBuffer().slice(), chunk.isLast());
      }
      Throwable broken = failure;
      if (broken != null) {
        return Content.Chunk.from(broken);
      }
      if (lastReceived) {
        return Content.Chunk.EOF;
      }
      Content.Chunk chunk = receive();
      if (keeping && chunk != null && !Content.Chunk.isFailure(chunk)) {
        kept.add(copy(chunk));
        at++;
      }
      return chunk;
    }

    @Override
    public void demand(Runnable demandCallback) {
      if (over || at < kept.size() || lastReceived || failure != null) {
        loop.execute(demandCallback);
      } else {
        await(demandCallback);
      }
    }

    @Override
    public void fail(Throwable why) {
      over = true;
    }
  }
}
