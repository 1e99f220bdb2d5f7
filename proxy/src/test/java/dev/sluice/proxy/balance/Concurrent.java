package dev.sluice.proxy.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntSupplier;

/// Picks from several threads at once.
final class Concurrent {
  private Concurrent() {}

  static AtomicIntegerArray tally(int size, int threads, int each, IntSupplier pick) throws InterruptedException {
    AtomicIntegerArray tally = new AtomicIntegerArray(size);
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      running.add(Thread.ofPlatform().start(() -> {
        try {
          start.await();
        } catch (InterruptedException e) {
          return;
        }
        for (int i = 0; i < each; i++) {
          tally.incrementAndGet(pick.getAsInt());
        }
      }));
    }
    start.countDown();
    for (Thread thread : running) {
      thread.join();
    }
    return tally;
  }
}
