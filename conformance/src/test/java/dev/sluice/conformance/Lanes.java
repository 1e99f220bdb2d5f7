package dev.sluice.conformance;

import dev.sluice.conformance.RecordedCase.CaseId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/// Runs many cases: most of them side by side, each lane with ports of its own; then, one after the other with nothing beside
/// them, those that depend on time or on the standard ports.
final class Lanes {

  private static final int WAIT_FOR_PORTS_S = 600;

  private final Overlay overlay;
  private final Programs programs;
  private final Predicate<CaseId> shortWaits;
  private final Queue<PortBase> unused = new ConcurrentLinkedQueue<>(PortBase.others());
  private final Map<CaseId, Result> results = new ConcurrentHashMap<>();

  /// @param shortWaits tells which cases are known to fail
  Lanes(Overlay overlay, Programs programs, Predicate<CaseId> shortWaits) {
    this.overlay = overlay;
    this.programs = programs;
    this.shortWaits = shortWaits;
  }

  /// Runs them and returns the results in the order of the cases.
  List<Result> run(List<RecordedCase> cases) throws IOException, InterruptedException {
    runSideBySide(cases.stream().filter(one -> !isAlone(one)).toList());
    runAlone(cases.stream().filter(Lanes::isAlone).toList());
    return cases.stream().map(one -> results.get(one.id())).toList();
  }

  private static boolean isAlone(RecordedCase one) {
    return one.isTimed() || one.needsStandardPorts();
  }

  private void runSideBySide(List<RecordedCase> cases) throws InterruptedException {
    int processors = Runtime.getRuntime().availableProcessors();
    int lanes = Math.min(Integer.getInteger("conformance.lanes", Math.clamp(2L * processors, 2, 8)), cases.size());
    Queue<RecordedCase> queue = new ConcurrentLinkedQueue<>(cases);
    List<Future<?>> ends = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool(Thread.ofPlatform().daemon().name("lane ", 1).factory())) {
      for (int i = 0; i < lanes; i++) {
        ends.add(threads.submit(() -> {
          runAll(queue);
          return null;
        }));
      }
      for (Future<?> end : ends) {
        end.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a lane broke off: " + e.getCause(), e.getCause());
    }
  }

  private void runAll(Queue<RecordedCase> queue) throws IOException, InterruptedException {
    Optional<Lane> lane = Optional.empty();
    for (RecordedCase next = queue.poll(); next != null; next = queue.poll()) {
      if (lane.isEmpty()) {
        lane = Optional.of(openLane());
      }
      if (!run(next, lane.get().ports)) {
        close(lane.get());
        lane = Optional.empty();
      }
    }
    lane.ifPresent(this::close);
  }

  /// Runs a case; false when the ports are not usable any more.
  private boolean run(RecordedCase one, PortBase ports) throws InterruptedException {
    Attempt attempt = new Attempt(one, overlay, programs, ports, shortWaits.test(one.id()));
    Result result = attempt.run();
    boolean released = attempt.arePortsReleased();
    if (!released) {
      List<String> problems = new ArrayList<>(result.problems());
      problems.add("a port is still taken after the gateway was closed");
      result = new Result(result.id(), problems, result.skipped(), result.millis());
    }
    results.put(one.id(), result);
    if (results.size() % 200 == 0) {
      System.out.println("conformance: " + results.size() + " cases have run");
    }
    return released;
  }

  private void runAlone(Collection<RecordedCase> cases) throws IOException, InterruptedException {
    if (cases.isEmpty()) {
      return;
    }
    Lane lane = openStandardLane();
    for (RecordedCase one : cases) {
      if (one.needsStandardPorts() && !lane.ports.equals(PortBase.STANDARD)) {
        results.put(one.id(), Result.skipped(one.id(), "it needs the ports %d to %d, and another program has one of them"
            .formatted(PortBase.STANDARD.backend(1), PortBase.STANDARD.etcdPeers())));
      } else if (!run(one, lane.ports)) {
        close(lane);
        lane = openStandardLane();
      }
    }
    close(lane);
  }

  /// The lane with the standard ports, or another one while a program that knows no locks has some of them.
  private Lane openStandardLane() throws IOException, InterruptedException {
    Optional<PortLock> lock = PortLock.take(PortBase.STANDARD, WAIT_FOR_PORTS_S);
    if (lock.isPresent() && PortBase.STANDARD.isFree()) {
      return new Lane(PortBase.STANDARD, lock.get());
    }
    lock.ifPresent(PortLock::close);
    return openLane();
  }

  /// A lane with other ports; waits a while for ports that are taken.
  private Lane openLane() throws IOException, InterruptedException {
    for (int turn = 0; turn < 30 * PortBase.others().size(); turn++) {
      PortBase ports = unused.poll();
      if (ports == null) {
        Thread.sleep(100);
        continue;
      }
      Optional<PortLock> lock = PortLock.take(ports, 0);
      if (lock.isPresent() && ports.isFree()) {
        return new Lane(ports, lock.get());
      }
      lock.ifPresent(PortLock::close);
      unused.add(ports);
      Thread.sleep(100);
    }
    throw new IllegalStateException("no ports are left to run cases on: other programs have them, or gateways that were closed");
  }

  private void close(Lane lane) {
    lane.close();
    if (!lane.ports.equals(PortBase.STANDARD)) {
      unused.add(lane.ports);
    }
  }

  private record Lane(PortBase ports, PortLock lock) implements AutoCloseable {
    @Override
    public void close() {
      lock.close();
    }
  }
}
