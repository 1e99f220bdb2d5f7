package dev.sluice.proxy.upstream;

import dev.sluice.proxy.loop.EventLoop;
import java.util.function.Consumer;
import org.eclipse.jetty.util.Callback;

/// Told by an end point that there is something to read, or that there never will be; tells it on the loop.
record Fillable(EventLoop loop, Runnable readable, Consumer<Throwable> lost) implements Callback {
  @Override
  public void succeeded() {
    if (loop.inLoop()) {
      readable.run();
    } else {
      loop.execute(readable);
    }
  }

  @Override
  public void failed(Throwable why) {
    if (loop.inLoop()) {
      lost.accept(why);
    } else {
      loop.execute(() -> lost.accept(why));
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }
}
