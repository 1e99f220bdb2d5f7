package dev.sluice.proxy.upstream;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.routes.spi.Failure;
import java.io.Closeable;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.IO;
import org.jspecify.annotations.Nullable;

/// One call over whatever carries it, and the source of its response's body.
final class UpstreamCall implements Upstream.Call, Content.Source {
  final UpstreamRequest request;
  final Content.@Nullable Source body;
  final Upstream.Receiver receiver;
  private final EventLoop loop;
  private @Nullable Carrier carrier;
  private @Nullable Closeable attempt;
  private EventLoop.@Nullable Timer timer;
  private @Nullable Throwable failure;
  private @Nullable Runnable demand;
  private boolean over;
  private boolean atEnd;

  UpstreamCall(EventLoop loop, UpstreamRequest request, Content.@Nullable Source body, Upstream.Receiver receiver) {
    this.loop = loop;
    this.request = request;
    this.body = body;
    this.receiver = receiver;
  }

  /// True once nothing more may be called back.
  boolean over() {
    return over;
  }

  /// What ends this call's wait for a connection: a timer, and what is closed when the call ends first. Replaces an earlier one.
  void waits(EventLoop.@Nullable Timer until, @Nullable Closeable what) {
    if (timer != null && timer != until) {
      timer.cancel();
    }
    timer = until;
    attempt = what;
  }

  void attempt(Closeable what) {
    attempt = what;
  }

  void began(Carrier on) {
    waits(null, null);
    carrier = on;
  }

  /// The last chunk was handed out, or there is none.
  void ended() {
    atEnd = true;
    over = true;
    carrier = null;
  }

  /// No complete head came.
  void fail(Failure why, Upstream.Sent sent) {
    if (over) {
      return;
    }
    end(new BrokenAnswer(why));
    receiver.failed(why, sent);
  }

  /// The body cannot be read to its end: the reader sees a failure.
  void broken(BrokenAnswer why) {
    if (over) {
      return;
    }
    end(why);
    wake();
  }

  @Override
  public void cancel(Failure why) {
    if (over) {
      return;
    }
    Carrier on = carrier;
    Closeable waiting = attempt;
    end(new BrokenAnswer(why));
    demand = null;
    if (on != null) {
      on.abandon();
    }
    IO.close(waiting);
  }

  private void end(Throwable why) {
    over = true;
    failure = why;
    carrier = null;
    waits(null, null);
  }

  @Override
  public Content.@Nullable Chunk read() {
    if (failure != null) {
      return Content.Chunk.from(failure, true);
    }
    Carrier on = carrier;
    return atEnd || on == null ? Content.Chunk.EOF : on.readBody();
  }

  @Override
  public void demand(Runnable callback) {
    if (demand != null) {
      throw new IllegalStateException("demand pending");
    }
    demand = callback;
    Carrier on = carrier;
    if (on == null || on.wantBody()) {
      loop.execute(this::wake);
    }
  }

  /// Tells the reader that there is something to read.
  void wake() {
    Runnable callback = demand;
    demand = null;
    if (callback != null) {
      callback.run();
    }
  }

  @Override
  public void fail(Throwable why) {
    cancel(new Failure(Failure.Kind.CLIENT_GONE, String.valueOf(why)));
  }
}
