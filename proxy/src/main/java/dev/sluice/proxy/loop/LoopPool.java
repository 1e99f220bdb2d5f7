package dev.sluice.proxy.loop;

import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// The server's thread pool, as a trampoline: a non-blocking task given from a loop runs on that loop after the current callback. All others
/// get a thread of the pool, or a blocking one would stall the loop.
public final class LoopPool extends QueuedThreadPool {
  private final boolean trampoline;
  private final LongAdder handOffs = new LongAdder();

  public LoopPool(boolean trampoline, int maxThreads) {
    super(maxThreads, 1);
    this.trampoline = trampoline;
    setName("pool");
    setDaemon(true);
    setReservedThreads(0);
  }

  @Override
  public void execute(Runnable task) {
    LoopSelector loop = trampoline ? LoopSelector.current() : null;
    if (loop != null && Invocable.getInvocationType(task) != Invocable.InvocationType.BLOCKING) {
      loop.execute(task);
    } else {
      handOffs.increment();
      super.execute(task);
    }
  }

  /// How many tasks went to a thread of the pool.
  public long handOffs() {
    return handOffs.sum();
  }
}
