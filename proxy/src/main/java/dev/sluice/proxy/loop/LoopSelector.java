package dev.sluice.proxy.loop;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A Jetty selector as an [EventLoop]: one thread selects, runs what was selected, and runs what was given to [#execute] and [#schedule].
///
/// Tasks given on the loop itself wait in a plain queue that is emptied after each callback ([#drain]), so that nothing recurses and nothing is
/// locked. Timers lie in a heap; the next one bounds the time in select.
public class LoopSelector extends ManagedSelector implements EventLoop {
  private static final Logger LOG = LoggerFactory.getLogger(LoopSelector.class);

  private static final VarHandle EXCHANGES;

  static {
    try {
      EXCHANGES = MethodHandles.lookup().findVarHandle(LoopSelector.class, "exchanges", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final int index;
  private final Tricks tricks;
  private final Scheduler fallback;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private final TimerHeap timers = new TimerHeap();
  private final SelectorUpdate drainLater = selector -> drainNow();
  private final AtomicInteger clients = new AtomicInteger();
  private LongConsumer delays = nanos -> {};
  private boolean entered;
  private boolean draining;
  private boolean drainPending;

  long reads;
  long writes;
  long interestChanges;
  private long selects;
  // Written by the loop alone, read by those who wait for its end; they ask again.
  private volatile int exchanges;

  /// @param fallback runs timers when [Tricks#loopTimers] is off
  public LoopSelector(SelectorManager manager, int index, Tricks tricks, Scheduler fallback) {
    super(manager, index);
    this.index = index;
    this.tricks = tricks;
    this.fallback = fallback;
  }

  /// The loop that the calling thread belongs to, or null.
  public static @Nullable LoopSelector current() {
    return Thread.currentThread() instanceof LoopThread thread ? thread.loop() : null;
  }

  @Override
  public int index() {
    return index;
  }

  public Tricks tricks() {
    return tricks;
  }

  @Override
  public boolean inLoop() {
    return current() == this;
  }

  @Override
  public void execute(Runnable task) {
    if (!inLoop()) {
      submit(selector -> run(task));
      return;
    }
    tasks.add(task);
    if (!entered) {
      drainSoon();
    }
  }

  /// Runs a task now when the loop is between callbacks, else after the current one. Called on the loop.
  public void executeSoon(Runnable task) {
    if (entered) {
      execute(task);
    } else {
      run(task);
    }
  }

  @Override
  public Timer schedule(long nanos, Runnable task) {
    if (!tricks.loopTimers()) {
      return scheduleElsewhere(nanos, task);
    }
    long at = System.nanoTime() + Math.max(0, nanos);
    if (inLoop()) {
      return timers.add(at, task);
    }
    PostedTimer posted = new PostedTimer();
    submit(selector -> posted.begin(timers, at, task));
    return posted;
  }

  private Timer scheduleElsewhere(long nanos, Runnable task) {
    PostedTimer posted = new PostedTimer();
    Scheduler.Task scheduled = fallback.schedule(() -> execute(() -> posted.run(task)), Math.max(0, nanos), TimeUnit.NANOSECONDS);
    posted.scheduled = scheduled;
    return posted;
  }

  /// Runs a callback on the loop and then what it has queued. A failure is logged and goes no further.
  void run(Runnable task) {
    enter();
    runOne(task);
    drain();
  }

  /// Begins a callback, which ends with [#drain].
  void enter() {
    entered = true;
  }

  /// Runs the tasks that are queued now; those that they add come after the next callback, at the latest after the next select.
  void drain() {
    if (draining) {
      return;
    }
    draining = true;
    try {
      for (int n = tasks.size(); n > 0; n--) {
        runOne(tasks.poll());
      }
    } finally {
      draining = false;
      entered = false;
    }
    if (!tasks.isEmpty()) {
      drainSoon();
    }
  }

  private void drainSoon() {
    if (!drainPending) {
      drainPending = true;
      submit(drainLater);
    }
  }

  private void drainNow() {
    drainPending = false;
    entered = true;
    drain();
  }

  private static void runOne(Runnable task) {
    try {
      task.run();
    } catch (Throwable failure) {
      LOG.error("A task on an event loop failed", failure);
    }
  }

  @Override
  protected int nioSelect(Selector selector, boolean now) throws IOException {
    if (!tricks.loopTimers()) {
      selects++;
      return super.nioSelect(selector, now);
    }
    long delay = timers.delay(System.nanoTime());
    int selected;
    if (now || delay == 0) {
      selected = selector.selectNow();
    } else if (delay == Long.MAX_VALUE) {
      selected = selector.select();
    } else {
      selected = selector.select(1 + TimeUnit.NANOSECONDS.toMillis(delay - 1));
    }
    selects++;
    if (timers.size() > 0) {
      expire();
    }
    return selected;
  }

  private void expire() {
    long now = System.nanoTime();
    Runnable task = timers.due(now);
    while (task != null) {
      delays.accept(now - timers.dueSince());
      run(task);
      task = timers.due(now);
    }
  }

  /// A client's connection is given to this loop. From any thread.
  public void clientCame() {
    clients.incrementAndGet();
  }

  /// It is closed, or could not be opened. From any thread.
  public void clientLeft() {
    clients.decrementAndGet();
  }

  /// Clients' connections of this loop. From any thread.
  public int clients() {
    return clients.get();
  }

  /// An exchange began on this loop. Called on the loop.
  public void exchangeBegan() {
    EXCHANGES.setRelease(this, exchanges + 1);
  }

  /// An exchange that began on this loop is over. Called on the loop.
  public void exchangeEnded() {
    EXCHANGES.setRelease(this, exchanges - 1);
  }

  /// Exchanges under way; from any thread, exact to within the loop's current callback.
  public int exchanges() {
    return exchanges;
  }

  /// From now on this is told how late each timer runs, in nanoseconds, on the loop.
  public void delays(LongConsumer told) {
    delays = told;
  }

  /// Timers that are set; from any thread, exact when the loop is at rest.
  public int timers() {
    return timers.size();
  }

  /// Counts since the start; from any thread, exact when the loop is at rest.
  public Counters counters() {
    return new Counters(reads, writes, selects, interestChanges);
  }

  /// A timer that was asked for on another thread, or runs on one.
  private static final class PostedTimer implements Timer {
    private volatile boolean cancelled;
    private volatile Scheduler.@Nullable Task scheduled;

    private void begin(TimerHeap timers, long at, Runnable task) {
      if (!cancelled) {
        timers.add(at, () -> run(task));
      }
    }

    private void run(Runnable task) {
      if (!cancelled) {
        task.run();
      }
    }

    @Override
    public void cancel() {
      cancelled = true;
      Scheduler.Task task = scheduled;
      if (task != null) {
        task.cancel();
      }
    }
  }
}
