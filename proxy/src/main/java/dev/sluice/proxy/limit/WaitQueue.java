package dev.sluice.proxy.limit;

import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.Queued;
import dev.sluice.routes.spi.Verdict.Respond;
import dev.sluice.routes.spi.WaitList;
import dev.sluice.routes.spi.WaitList.Waiter;
import org.jspecify.annotations.Nullable;

/// So many may run at once, so many may wait.
///
/// A first-in-first-out queue refuses the newest when it is full and serves the oldest; a last-in-first-out stack refuses the oldest waiting one and
/// serves the newest. Waiters are a doubly linked list threaded through their tickets, so that each operation takes constant time, also
/// when a waiter leaves from the middle. Waiting requests hold no thread. State changes are a few field writes under the queue's monitor;
/// whoever is resumed is resumed outside it.
///
/// The limits may change while the queue is in use: who runs keeps running.
///
/// Thread-safe.
public final class WaitQueue {
  private static final Verdict FULL = new Respond(Answer.of(503));
  private static final Verdict LATE = new Respond(Answer.of(502));

  private final boolean newestFirst;
  private int maxRunning;
  private int maxWaiting;
  private int running;
  private int waiting;
  private @Nullable Ticket oldest;
  private @Nullable Ticket newest;

  /// @param newestFirst a stack
  /// @param maxRunning from 1
  /// @param maxWaiting from 0; for a stack 0 means any number
  public WaitQueue(boolean newestFirst, int maxRunning, int maxWaiting) {
    this.newestFirst = newestFirst;
    this.maxRunning = maxRunning;
    this.maxWaiting = maxWaiting;
  }

  /// Changes the limits.
  public synchronized void limits(int newMaxRunning, int newMaxWaiting) {
    maxRunning = newMaxRunning;
    maxWaiting = newMaxWaiting;
  }

  /// Takes a place, or says how to wait for one.
  ///
  /// @param ticket new
  /// @param nanos longest wait; then the client gets 502
  public Verdict take(Ticket ticket, long nanos) {
    synchronized (this) {
      if (running < maxRunning && waiting == 0) {
        running++;
        ticket.state = State.RUNNING;
        return Verdict.CONTINUE;
      }
      if (!newestFirst && waiting >= maxWaiting) {
        return FULL;
      }
    }
    return new Queued(ticket, nanos, LATE);
  }

  /// Number of requests that hold a place.
  public synchronized int running() {
    return running;
  }

  /// Number of requests that wait.
  public synchronized int waiting() {
    return waiting;
  }

  private @Nullable Verdict enter(Ticket ticket, Waiter waiter) {
    Ticket refused = null;
    synchronized (this) {
      if (running < maxRunning && waiting == 0) {
        running++;
        ticket.state = State.RUNNING;
        return Verdict.CONTINUE;
      }
      if (maxWaiting > 0 || !newestFirst) {
        if (waiting >= maxWaiting && !newestFirst) {
          return FULL;
        }
        if (waiting >= maxWaiting && oldest != null) {
          refused = oldest;
          unlink(refused);
          refused.state = State.DONE;
        }
      }
      ticket.waiter = waiter;
      ticket.state = State.WAITING;
      link(ticket);
    }
    if (refused != null && refused.waiter != null) {
      refused.waiter.resume(FULL);
    }
    return null;
  }

  private synchronized boolean leave(Ticket ticket) {
    if (ticket.state != State.WAITING) {
      return false;
    }
    unlink(ticket);
    ticket.state = State.DONE;
    return true;
  }

  private void release(Ticket ticket) {
    while (true) {
      Ticket next;
      synchronized (this) {
        if (ticket.state == State.WAITING) {
          unlink(ticket);
        }
        boolean ran = ticket.state == State.RUNNING;
        ticket.state = State.DONE;
        running -= ran ? 1 : 0;
        next = running < maxRunning ? newestFirst ? newest : oldest : null;
        if (next == null) {
          return;
        }
        unlink(next);
        running++;
        next.state = State.RUNNING;
      }
      if (next.waiter != null) {
        next.waiter.resume(Verdict.CONTINUE);
      }
    }
  }

  private void link(Ticket ticket) {
    ticket.older = newest;
    if (newest == null) {
      oldest = ticket;
    } else {
      newest.newer = ticket;
    }
    newest = ticket;
    waiting++;
  }

  private void unlink(Ticket ticket) {
    if (ticket.older == null) {
      oldest = ticket.newer;
    } else {
      ticket.older.newer = ticket.newer;
    }
    if (ticket.newer == null) {
      newest = ticket.older;
    } else {
      ticket.newer.older = ticket.older;
    }
    ticket.older = null;
    ticket.newer = null;
    waiting--;
  }

  private enum State {
    NEW,
    WAITING,
    RUNNING,
    DONE
  }

  /// One request's place in the queue. Its fields belong to the queue's monitor.
  public static final class Ticket implements WaitList {
    private final WaitQueue queue;
    private State state = State.NEW;
    private @Nullable Waiter waiter;
    private @Nullable Ticket older;
    private @Nullable Ticket newer;

    public Ticket(WaitQueue queue) {
      this.queue = queue;
    }

    @Override
    public @Nullable Verdict enter(Waiter entering) {
      return queue.enter(this, entering);
    }

    @Override
    public boolean leave(Waiter leaving) {
      return queue.leave(this);
    }

    /// Gives the place back, waiting or running; does nothing when it was given back already.
    public void release() {
      synchronized (queue) {
        if (state == State.DONE) {
          return;
        }
      }
      queue.release(this);
    }

    public WaitQueue queue() {
      return queue;
    }
  }
}
