package dev.sluice.proxy.loop;

import org.eclipse.jetty.util.thread.Invocable;

/// The thread of one loop. It never leaves its selector: work that may block goes elsewhere.
public final class LoopThread extends Thread {
  private final LoopSelector loop;

  /// @param select the selector's own task, which ends when the selector stops
  public LoopThread(LoopSelector loop, Runnable select) {
    // Marked non-blocking, so that Jetty's execution strategy never gives the selecting to another thread.
    super(() -> Invocable.invokeNonBlocking(select), "loop-" + loop.index());
    this.loop = loop;
    setDaemon(true);
  }

  LoopSelector loop() {
    return loop;
  }
}
