package dev.sluice.proxy.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.routes.spi.Answer;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.Verdict.Queued;
import dev.sluice.routes.spi.Verdict.Respond;
import dev.sluice.routes.spi.WaitList.Waiter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// So many run, so many wait, and every place comes back.
class WaitQueueTest {
  private static final class Waiting implements Waiter {
    final List<Verdict> resumed = new ArrayList<>();

    @Override
    public void resume(Verdict verdict) {
      resumed.add(verdict);
    }

    @Override
    public Exchange exchange() {
      throw new UnsupportedOperationException();
    }
  }

  private static int status(Verdict verdict) {
    return verdict instanceof Respond(Answer answer) ? answer.status() : verdict == Verdict.CONTINUE ? 200 : 0;
  }

  /// Takes a place or waits for one.
  private static int take(WaitQueue queue, WaitQueue.Ticket ticket, Waiting waiting) {
    Verdict verdict = queue.take(ticket, 1);
    if (verdict instanceof Queued queued) {
      Verdict now = queued.list().enter(waiting);
      return now == null ? -1 : status(now);
    }
    return status(verdict);
  }

  @Test
  void aQueueServesInOrderAndRefusesTheNewest() {
    var queue = new WaitQueue(false, 1, 2);
    var tickets = Stream.generate(() -> new WaitQueue.Ticket(queue)).limit(4).toList();
    var waiters = Stream.generate(Waiting::new).limit(4).toList();
    assertThat(take(queue, tickets.get(0), waiters.get(0))).isEqualTo(200);
    assertThat(take(queue, tickets.get(1), waiters.get(1))).isEqualTo(-1);
    assertThat(take(queue, tickets.get(2), waiters.get(2))).isEqualTo(-1);
    assertThat(take(queue, tickets.get(3), waiters.get(3))).isEqualTo(503);
    tickets.get(0).release();
    assertThat(waiters.get(1).resumed).containsExactly(Verdict.CONTINUE);
    assertThat(waiters.get(2).resumed).isEmpty();
    tickets.get(1).release();
    tickets.get(1).release();
    assertThat(waiters.get(2).resumed).containsExactly(Verdict.CONTINUE);
    assertThat(queue.running()).isEqualTo(1);
    tickets.get(2).release();
    tickets.get(3).release();
    assertThat(queue.running()).isZero();
  }

  @Test
  void aStackServesTheNewestAndRefusesTheOldest() {
    var queue = new WaitQueue(true, 1, 1);
    var tickets = Stream.generate(() -> new WaitQueue.Ticket(queue)).limit(3).toList();
    var waiters = Stream.generate(Waiting::new).limit(3).toList();
    take(queue, tickets.get(0), waiters.get(0));
    take(queue, tickets.get(1), waiters.get(1));
    take(queue, tickets.get(2), waiters.get(2));
    assertThat(waiters.get(1).resumed).extracting(WaitQueueTest::status).containsExactly(503);
    tickets.get(0).release();
    assertThat(waiters.get(2).resumed).containsExactly(Verdict.CONTINUE);
  }

  @Test
  void whoLeavesIsForgotten() {
    var queue = new WaitQueue(false, 1, 5);
    var first = new WaitQueue.Ticket(queue);
    var second = new WaitQueue.Ticket(queue);
    var waiting = new Waiting();
    take(queue, first, new Waiting());
    take(queue, second, waiting);
    assertThat(second.leave(waiting)).isTrue();
    assertThat(second.leave(waiting)).isFalse();
    first.release();
    assertThat(waiting.resumed).isEmpty();
    assertThat(queue.running()).isZero();
    assertThat(queue.waiting()).isZero();
  }

  /// The invariant: never more than the limit at once, and at the end every place is free.
  @Test
  void exactUnderContention() throws InterruptedException {
    for (boolean newestFirst : new boolean[] {false, true}) {
      var queue = new WaitQueue(newestFirst, 2, 3);
      var running = new AtomicInteger();
      var tooMany = new AtomicInteger();
      var threads = new ArrayList<Thread>();
      for (int t = 0; t < 4; t++) {
        threads.add(Thread.ofPlatform().start(() -> {
          for (int i = 0; i < 400; i++) {
            pass(queue, running, tooMany, i % 7 == 0);
          }
        }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(tooMany.get()).isZero();
      assertThat(queue.running()).isZero();
      assertThat(queue.waiting()).isZero();
    }
  }

  private static void pass(WaitQueue queue, AtomicInteger running, AtomicInteger tooMany, boolean impatient) {
    var ticket = new WaitQueue.Ticket(queue);
    var said = new java.util.concurrent.CompletableFuture<Verdict>();
    Verdict verdict = queue.take(ticket, 1);
    if (verdict instanceof Queued queued) {
      Waiter waiter = new Waiter() {
        @Override
        public void resume(Verdict resumed) {
          said.complete(resumed);
        }

        @Override
        public Exchange exchange() {
          throw new UnsupportedOperationException();
        }
      };
      Verdict now = queued.list().enter(waiter);
      verdict = now != null ? now : impatient && queued.list().leave(waiter) ? queued.late() : said.join();
    }
    if (verdict == Verdict.CONTINUE) {
      if (running.incrementAndGet() > 2) {
        tooMany.incrementAndGet();
      }
      Thread.yield();
      running.decrementAndGet();
    }
    ticket.release();
  }
}
