package dev.sluice.proxy.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.proxy.fixture.Engine;
import dev.sluice.proxy.fixture.PerRequest;
import dev.sluice.proxy.fixture.TestBackend;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class EventLoopTest {
  private static final String ALL = "dev.sluice.proxy.fixture.Engine#tricks";

  private static void onLoop(Tricks tricks, Consumer<EventLoop> test) throws Exception {
    try (TestBackend backend = TestBackend.echo(); Engine engine = Engine.before(backend, tricks)) {
      test.accept(engine.server().anyLoop());
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void tasksRunOnTheLoopInOrderAndNeverInsideEachOther(Tricks tricks) throws Exception {
    onLoop(tricks, loop -> {
      List<String> order = Collections.synchronizedList(new ArrayList<>());
      CountDownLatch done = new CountDownLatch(3);
      loop.execute(() -> {
        loop.execute(() -> {
          order.add("second " + loop.inLoop());
          done.countDown();
        });
        loop.execute(() -> {
          order.add("third " + loop.inLoop());
          done.countDown();
        });
        order.add("first " + loop.inLoop());
        done.countDown();
      });
      await(done);
      assertThat(order).containsExactly("first true", "second true", "third true");
      assertThat(loop.inLoop()).isFalse();
    });
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aTaskThatAlwaysAsksForMoreDoesNotStarveTheOthers(Tricks tricks) throws Exception {
    onLoop(tricks, loop -> {
      boolean[] stop = new boolean[1];
      Runnable[] again = new Runnable[1];
      again[0] = () -> {
        if (!stop[0]) {
          loop.execute(again[0]);
        }
      };
      loop.execute(again[0]);
      CountDownLatch timer = new CountDownLatch(1);
      loop.schedule(TimeUnit.MILLISECONDS.toNanos(20), () -> {
        stop[0] = true;
        timer.countDown();
      });
      await(timer);
    });
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void aFailingTaskHarmsNobody(Tricks tricks) throws Exception {
    onLoop(tricks, loop -> {
      CountDownLatch done = new CountDownLatch(2);
      loop.execute(() -> {
        loop.execute(done::countDown);
        loop.schedule(1, done::countDown);
        throw new IllegalStateException("a task that fails, on purpose");
      });
      await(done);
    });
  }

  @ParameterizedTest
  @MethodSource(ALL)
  void timersExpireInOrderAndNotEarly(Tricks tricks) throws Exception {
    onLoop(tricks, loop -> {
      List<Integer> order = Collections.synchronizedList(new ArrayList<>());
      CountDownLatch done = new CountDownLatch(4);
      long begin = System.nanoTime();
      loop.execute(() -> {
        for (int millis : new int[] {90, 30, 60, 0}) {
          loop.schedule(TimeUnit.MILLISECONDS.toNanos(millis), () -> {
            assertThat(System.nanoTime() - begin).isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(millis));
            order.add(millis);
            done.countDown();
          });
        }
        loop.schedule(TimeUnit.MILLISECONDS.toNanos(45), () -> order.add(-1)).cancel();
      });
      await(done);
      assertThat(order).containsExactly(0, 30, 60, 90);
    });
  }

  @Test
  void theTimerHeapKeepsItsOrderWhateverIsCancelled() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    TimerHeap heap = new TimerHeap();
    List<TimerHeap.Entry> entries = new ArrayList<>();
    List<Long> left = new ArrayList<>();
    List<Long> out = new ArrayList<>();
    for (int i = 0; i < 5000; i++) {
      long at = random.nextInt(10_000);
      entries.add(heap.add(at, () -> out.add(at)));
      left.add(at);
    }
    for (int i = 4999; i >= 0; i -= 1 + random.nextInt(3)) {
      entries.get(i).cancel();
      entries.get(i).cancel();
      left.set(i, -1L);
    }
    left.removeIf(at -> at < 0);
    Collections.sort(left);
    assertThat(heap.size()).as("seed %d", seed).isEqualTo(left.size());
    Runnable task = heap.due(20_000);
    while (task != null) {
      task.run();
      task = heap.due(20_000);
    }
    assertThat(out).as("seed %d", seed).isEqualTo(left);
    assertThat(heap.delay(0)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void anIdleLoopSleeps() throws Exception {
    try (TestBackend backend = TestBackend.echo(); Engine engine = Engine.before(backend, Tricks.ON); var client = engine.client()) {
      client.get("/");
      client.shutdownOutput();
      AtomicInteger ticks = new AtomicInteger();
      PerRequest cost = PerRequest.measure(engine.server(), 5, () -> {
        CountDownLatch tick = new CountDownLatch(1);
        engine.server().anyLoop().schedule(TimeUnit.MILLISECONDS.toNanos(40), () -> {
          ticks.incrementAndGet();
          tick.countDown();
        });
        await(tick);
      });
      assertThat(ticks).hasValue(10);
      assertThat(cost.selects()).isLessThan(6);
    }
  }
}
