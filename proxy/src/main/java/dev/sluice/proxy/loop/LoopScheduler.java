package dev.sluice.proxy.loop;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.ContainerLifeCycle;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;

/// Jetty's timers: what is scheduled on a loop expires on that loop, everything else on a thread of its own.
public final class LoopScheduler extends ContainerLifeCycle implements Scheduler {
  private final Scheduler elsewhere = new ScheduledExecutorScheduler("timer", true);

  public LoopScheduler() {
    installBean(elsewhere);
  }

  /// The scheduler that knows no loops.
  public Scheduler elsewhere() {
    return elsewhere;
  }

  @Override
  public Task schedule(Runnable task, long delay, TimeUnit units) {
    LoopSelector loop = LoopSelector.current();
    if (loop == null) {
      return elsewhere.schedule(task, delay, units);
    }
    LoopTask scheduled = new LoopTask(task);
    scheduled.timer = loop.schedule(units.toNanos(delay), scheduled);
    return scheduled;
  }

  private static final class LoopTask implements Task, Runnable {
    private final Runnable task;
    private EventLoop.Timer timer = () -> {};
    private boolean over;

    private LoopTask(Runnable task) {
      this.task = task;
    }

    @Override
    public void run() {
      over = true;
      task.run();
    }

    @Override
    public boolean cancel() {
      boolean inTime = !over;
      over = true;
      timer.cancel();
      return inTime;
    }
  }
}
