package dev.sluice.conformance;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs and judges one case on the ports of a base.
///
/// @param shortWaits whether the case is known to fail, so that no time is spent on answers that do not come
record Attempt(RecordedCase recorded, Overlay overlay, Programs programs, PortBase ports, boolean shortWaits) {

  private static final long SHORT_WAIT_MS = 2000;
  private static final int CASE_SECONDS = 120;
  private static final int RELEASE_SECONDS = 2;

  Result run() throws InterruptedException {
    Optional<Service> missing = Service.of(recorded.recorded()).stream().filter(service -> !service.isInstalled()).findFirst();
    if (missing.isPresent()) {
      return Result.skipped(recorded.id(), "the program " + missing.get().program + " is not installed");
    }
    if (recorded.recorded().flag("terminal") && !programs.haveTerminals()) {
      return Result.skipped(recorded.id(), "a command cannot be given a terminal");
    }
    long began = System.nanoTime();
    List<String> problems = problems();
    return new Result(recorded.id(), problems, "", (System.nanoTime() - began) / 1_000_000);
  }

  private List<String> problems() throws InterruptedException {
    Members expected = overlay.expected(recorded);
    try (CaseRun run = new CaseRun(expected, ports, programs, shortWaits ? SHORT_WAIT_MS : Long.MAX_VALUE)) {
      Members seen = within(run);
      List<String> problems = new ArrayList<>(Comparison.of(expected, seen));
      if (overlay.has(recorded.id()) && Comparison.of(recorded.recorded(), seen).isEmpty()) {
        problems.add("what was recorded passes as well: take the case out of conformance/overlay");
      }
      return problems;
    } catch (CaseFailure e) {
      return List.of(String.valueOf(e.getMessage()));
    } catch (IOException | RuntimeException e) {
      return List.of(e.toString());
    }
  }

  private static Members within(CaseRun run) throws IOException, InterruptedException {
    FutureTask<Members> task = new FutureTask<>(run::go);
    Thread thread = Thread.ofPlatform().daemon().name("case").start(task);
    try {
      return task.get(CASE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new CaseFailure("the case did not end within " + CASE_SECONDS + " s", e);
    } catch (ExecutionException e) {
      throw switch (e.getCause()) {
        case CaseFailure failure -> failure;
        case null, default -> new CaseFailure(String.valueOf(e.getCause()), e.getCause());
      };
    }
  }

  /// Whether all ports are free again; a gateway that was closed must not keep any.
  boolean arePortsReleased() throws InterruptedException {
    long deadline = System.nanoTime() + RELEASE_SECONDS * 1_000_000_000L;
    while (!ports.isFree()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(10);
    }
    return true;
  }
}
