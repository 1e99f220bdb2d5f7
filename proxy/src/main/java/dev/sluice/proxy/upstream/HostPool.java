package dev.sluice.proxy.upstream;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.routes.spi.Failure;
import java.util.ArrayDeque;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/// Connections of one loop to one backend address. The one used last is used next, so that the others grow old and close. A call without a free
/// connection dials; at the limit it waits, within bounds.
final class HostPool {
  private final Shared shared;
  private final HostDial.Target target;
  private final BiFunction<EndPoint, HostPool, Pooled> connections;
  private final Consumer<HostPool> onEmpty;
  private final ArrayDeque<Pooled> idle = new ArrayDeque<>();
  private final ArrayDeque<UpstreamCall> waiting = new ArrayDeque<>();
  private int open;
  private boolean retired;

  /// A connection that carries one call at a time. On the loop.
  interface Pooled extends Connection {
    /// Whether a call may begin: nothing has come and the socket is open.
    boolean usable();

    /// Whether the backend has not closed up to now, as far as that can be known: for what cannot be sent again.
    boolean quiet();

    void start(UpstreamCall next);
  }

  /// @param connections makes a connection, on any thread
  HostPool(Shared shared, HostDial.Target target, BiFunction<EndPoint, HostPool, Pooled> connections, Consumer<HostPool> onEmpty) {
    this.shared = shared;
    this.target = target;
    this.connections = connections;
    this.onEmpty = onEmpty;
  }

  HostDial.Target target() {
    return target;
  }

  /// True once the pool was empty and was forgotten.
  boolean retired() {
    return retired;
  }

  void begin(UpstreamCall call) {
    Pooled kept = idle.pollFirst();
    while (kept != null) {
      shared.kept().remove(kept);
      if (kept.usable() && (call.request.isRepeatable() || kept.quiet())) {
        kept.start(call);
        return;
      }
      kept = idle.pollFirst();
    }
    if (mayOpen()) {
      dial(call);
    } else {
      queue(call);
    }
  }

  private boolean mayOpen() {
    int most = shared.settings().connectionsPerHost();
    return most == 0 || open < most;
  }

  private void queue(UpstreamCall call) {
    if (waiting.size() >= shared.settings().waitingPerHost()) {
      call.fail(new Failure(Failure.Kind.POOL_FULL, waiting.size() + " calls wait for a connection"), Upstream.Sent.NOTHING);
      return;
    }
    waiting.add(call);
    long longest = shared.settings().waitTimeout().toNanos();
    EventLoop.Timer timer = longest == 0 ? null : shared.loop().schedule(longest, () -> {
      waiting.remove(call);
      call.fail(new Failure(Failure.Kind.POOL_FULL, "no connection became free in time"), Upstream.Sent.NOTHING);
    });
    call.waits(timer, () -> waiting.remove(call));
  }

  private void dial(UpstreamCall call) {
    counted();
    HostDial dial = new HostDial(shared, target, call.request.connectNanos(), new Waiter(call));
    call.waits(null, () -> {
      dial.close();
      left();
    });
    dial.begin();
  }

  /// The call that a connection is dialled for.
  private final class Waiter implements HostDial.Wanted {
    private final UpstreamCall call;

    private Waiter(UpstreamCall call) {
      this.call = call;
    }

    @Override
    public Connection make(EndPoint endPoint) {
      return connections.apply(endPoint, HostPool.this);
    }

    @Override
    public void opened(Connection made) {
      call.waits(null, null);
      ((Pooled) made).start(call);
    }

    @Override
    public void failed(Failure why) {
      call.fail(why, Upstream.Sent.NOTHING);
      left();
    }

    @Override
    public void unwanted(Connection made) {
      counted();
      made.close();
    }
  }

  /// A connection has answered its call and can take another.
  void free(Pooled connection) {
    UpstreamCall next = waiting.pollFirst();
    if (next != null) {
      next.waits(null, null);
      // Not at once: the connection is in the middle of handing out its last chunk.
      shared.loop().execute(() -> hand(connection, next));
    } else if (idle.size() < shared.settings().idlePerHost()) {
      idle.addFirst(connection);
      shared.kept().add(connection);
    } else {
      connection.close();
    }
  }

  private void hand(Pooled connection, UpstreamCall next) {
    if (next.over()) {
      free(connection);
    } else if (connection.usable() && (next.request.isRepeatable() || connection.quiet())) {
      connection.start(next);
    } else {
      begin(next);
    }
  }

  /// A connection is closed, or belongs to a tunnel now.
  void gone(Pooled connection) {
    if (idle.remove(connection)) {
      shared.kept().remove(connection);
    }
    left();
  }

  /// A connection that was counted is no more, or never came to be.
  private void left() {
    open--;
    shared.connections().decrementAndGet();
    if (mayOpen()) {
      UpstreamCall next = waiting.pollFirst();
      if (next != null) {
        next.waits(null, null);
        dial(next);
      }
    }
    if (open == 0 && waiting.isEmpty()) {
      retired = true;
      onEmpty.accept(this);
    }
  }

  private void counted() {
    open++;
    shared.connections().incrementAndGet();
  }

  void closeIdle() {
    for (Pooled connection : idle.toArray(Pooled[]::new)) {
      connection.close();
    }
  }
}
