package dev.sluice.proxy.pipeline;

import dev.sluice.proxy.exchange.GatewayExchange;
import dev.sluice.proxy.exchange.Pass;
import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.routes.spi.BodyProblem;
import dev.sluice.routes.spi.Exchange;
import dev.sluice.routes.spi.Failure;
import dev.sluice.routes.spi.Filter;
import dev.sluice.routes.spi.Verdict;
import dev.sluice.routes.spi.WaitList;
import dev.sluice.routes.table.Route;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Runs the filters of an exchange: one index in the pass, up in the request phase, down from the last filter that ran in the response phase.
///
/// CONTINUE loops in place. After and Queued leave the exchange to a timer or a queue and return; nothing is held. The first filter that waits
/// starts a virtual thread, which runs to the end of the phase and posts back to the loop once.
final class FilterDriver {
  private final Pipeline pipeline;

  FilterDriver(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  /// Runs on the loop, or on the exchange's virtual thread.
  void request(GatewayExchange x, Pass pass) {
    Route route = pass.route();
    Filter[] filters = route.filters();
    while (pass.next < filters.length) {
      int at = pass.next;
      if (route.waits()[at].inRequest() && x.away() == null) {
        hop(x, () -> request(x, pass));
        return;
      }
      Verdict verdict = call(x, filters[at], at, route, true);
      pass.next = at + 1;
      if (verdict != Verdict.CONTINUE && !requestVerdict(x, pass, verdict)) {
        return;
      }
    }
    if (x.away() == null) {
      requestOver(x, pass);
    } else {
      onLoop(x, () -> requestOver(x, pass));
    }
  }

  private void requestOver(GatewayExchange x, Pass pass) {
    pipeline.requestFiltered(x, pass);
    pipeline.dispatch(x, pass);
  }

  /// @return true: on to the next filter
  private boolean requestVerdict(GatewayExchange x, Pass pass, Verdict verdict) {
    switch (verdict) {
      case Verdict.Continue() -> {
        return true;
      }
      case Verdict.Respond(var answer) -> {
        pass.next--;
        onLoop(x, () -> {
          pipeline.requestFiltered(x, pass);
          pipeline.served(x, answer);
        });
      }
      case Verdict.Fail(var failure) -> {
        pass.next--;
        onLoop(x, () -> {
          pipeline.requestFiltered(x, pass);
          pipeline.fail(x, failure);
        });
      }
      case Verdict.After(var nanos, var then) -> onLoop(x, () -> after(x, nanos, () -> resumeRequest(x, pass, then)));
      case Verdict.Queued queued -> onLoop(x, () -> queue(x, queued, then -> resumeRequest(x, pass, then)));
      case Verdict.Rerun rerun -> {
        String text = "a filter asked for a rerun in the request phase: " + rerun.path();
        onLoop(x, () -> pipeline.fail(x, new Failure(Failure.Kind.FILTER, text)));
      }
    }
    return false;
  }

  private void resumeRequest(GatewayExchange x, Pass pass, Verdict verdict) {
    if (!x.ended() && (verdict == Verdict.CONTINUE || requestVerdict(x, pass, verdict))) {
      request(x, pass);
    }
  }

  /// Response filters of the current pass and of those around it. On the loop, or on the exchange's virtual thread.
  void response(GatewayExchange x) {
    Pass pass = x.pass();
    while (pass != null) {
      while (pass.next > 0) {
        int at = pass.next - 1;
        Filter filter = pass.route().filters()[at];
        if (x.clientResponse().gatewayError() && !filter.seesGatewayErrors()) {
          pass.next = at;
          continue;
        }
        if (pass.route().waits()[at].inResponse() && x.away() == null) {
          hop(x, () -> response(x));
          return;
        }
        Verdict verdict = call(x, filter, at, pass.route(), false);
        pass.next = at;
        if (verdict != Verdict.CONTINUE && !responseVerdict(x, verdict)) {
          return;
        }
      }
      x.leave();
      pass = x.pass();
    }
    if (x.away() == null) {
      pipeline.write(x);
    } else {
      onLoop(x, () -> pipeline.write(x));
    }
  }

  private boolean responseVerdict(GatewayExchange x, Verdict verdict) {
    switch (verdict) {
      case Verdict.Continue() -> {
        return true;
      }
      case Verdict.Respond(var answer) -> {
        x.respond(answer, false);
        return true;
      }
      case Verdict.Fail(var failure) -> {
        pipeline.failed(x, failure);
        return true;
      }
      case Verdict.After(var nanos, var then) -> onLoop(x, () -> after(x, nanos, () -> resumeResponse(x, then)));
      case Verdict.Queued queued -> onLoop(x, () -> queue(x, queued, then -> resumeResponse(x, then)));
      case Verdict.Rerun(var path) -> onLoop(x, () -> pipeline.rerun(x, path));
    }
    return false;
  }

  private void resumeResponse(GatewayExchange x, Verdict verdict) {
    if (!x.ended() && (verdict == Verdict.CONTINUE || responseVerdict(x, verdict))) {
      response(x);
    }
  }

  private Verdict call(GatewayExchange x, Filter filter, int at, Route route, boolean request) {
    try {
      Verdict verdict = request ? filter.request(x) : filter.response(x);
      if (verdict != null) {
        return verdict;
      }
      return failed(x, route, at, new IllegalStateException("the filter returned no verdict"));
    } catch (BodyProblem e) {
      return new Verdict.Fail(BodyFailures.of(e));
    } catch (Exception | StackOverflowError e) {
      return failed(x, route, at, e);
    }
  }

  private Verdict failed(GatewayExchange x, Route route, int at, Throwable why) {
    String name = route.definition().filters().get(at).name();
    pipeline.log().error("route " + route.id() + ", filter " + name + ": " + why, why);
    return new Verdict.Fail(new Failure(Failure.Kind.FILTER, name));
  }

  private void after(GatewayExchange x, long nanos, Runnable then) {
    EventLoop.Timer timer = x.loop().schedule(nanos, () -> {
      x.onCancel(null);
      then.run();
    });
    x.onCancel(timer::cancel);
  }

  private void queue(GatewayExchange x, Verdict.Queued queued, Consumer<Verdict> then) {
    Waiting waiter = new Waiting(x, then);
    Verdict now = queued.list().enter(waiter);
    if (now != null) {
      then.accept(now);
      return;
    }
    EventLoop.Timer timer = x.loop().schedule(queued.nanos(), () -> {
      if (queued.list().leave(waiter)) {
        x.onCancel(null);
        then.accept(queued.late());
      }
    });
    waiter.timer = timer;
    x.onCancel(() -> {
      timer.cancel();
      queued.list().leave(waiter);
    });
  }

  /// Runs a part of a phase on a virtual thread.
  private void hop(GatewayExchange x, Runnable phase) {
    pipeline.context(x).counters().waited();
    Thread thread = Thread.ofVirtual().unstarted(phase);
    x.away(thread);
    thread.start();
  }

  /// Continues on the loop: in place, or from the virtual thread by the one post back.
  private void onLoop(GatewayExchange x, Runnable next) {
    if (x.away() == null) {
      next.run();
      return;
    }
    x.loop().execute(() -> {
      x.away(null);
      if (!pipeline.leftMeanwhile(x)) {
        next.run();
      }
    });
  }

  private static final class Waiting implements WaitList.Waiter {
    private final GatewayExchange x;
    private final Consumer<Verdict> then;
    private EventLoop.@Nullable Timer timer;

    Waiting(GatewayExchange x, Consumer<Verdict> then) {
      this.x = x;
      this.then = then;
    }

    @Override
    public void resume(Verdict verdict) {
      x.loop().execute(() -> {
        EventLoop.Timer pending = timer;
        if (pending != null) {
          pending.cancel();
        }
        x.onCancel(null);
        if (!x.ended()) {
          then.accept(verdict);
        }
      });
    }

    @Override
    public Exchange exchange() {
      return x;
    }
  }
}
