package dev.sluice.proxy.loop;

import org.eclipse.jetty.util.thread.TryExecutor;

/// The connector's executor. Jetty gives it the callbacks of exchanges, which are ours and do not block, though Jetty's wrapping often says
/// otherwise: what comes from a loop runs on that loop.
public final class LoopExecutor implements TryExecutor {
  private final LoopPool pool;
  private final boolean trampoline;

  public LoopExecutor(LoopPool pool, boolean trampoline) {
    this.pool = pool;
    this.trampoline = trampoline;
  }

  @Override
  public void execute(Runnable task) {
    LoopSelector loop = LoopSelector.current();
    if (loop == null) {
      pool.execute(task);
    } else if (trampoline) {
      loop.execute(task);
    } else {
      pool.execute(() -> loop.execute(task));
    }
  }

  @Override
  public boolean tryExecute(Runnable task) {
    execute(task);
    return true;
  }
}
