package dev.sluice.proxy.loop;

/// One event loop. Code that runs on it must not block.
public interface EventLoop {
  /// From 0.
  int index();

  /// True when the calling thread is this loop's.
  boolean inLoop();

  /// Runs a task on this loop; from any thread. Called on the loop itself, the task runs after the current callback (no recursion).
  void execute(Runnable task);

  /// Runs a task on this loop after a delay; from any thread.
  ///
  /// @param nanos from 0
  Timer schedule(long nanos, Runnable task);

  /// A scheduled task.
  interface Timer {
    /// The task will not run any more. Called on the loop; does nothing when it ran already.
    void cancel();
  }
}
