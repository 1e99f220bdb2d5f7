package dev.sluice.proxy.upstream;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.routes.spi.Failure;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Connections of one loop to one backend address. The one used last is used next, so that the others grow old and close. A call without a free
/// connection dials; at the limit it waits, within bounds.
final class HostPool {
  private final DirectUpstream.Shared shared;
  private final AtomicInteger openOfLoop;
  private final boolean tls;
  private final String host;
  private final int port;
  private final Consumer<HostPool> onEmpty;
  private final ArrayDeque<DirectConnection> idle = new ArrayDeque<>();
  private final ArrayDeque<DirectCall> waiting = new ArrayDeque<>();
  private int open;
  private boolean retired;

  /// @param openOfLoop counts connections of all pools of the loop
  HostPool(DirectUpstream.Shared shared, AtomicInteger openOfLoop, boolean tls, String host, int port, Consumer<HostPool> onEmpty) {
    this.shared = shared;
    this.openOfLoop = openOfLoop;
    this.tls = tls;
    this.host = host;
    this.port = port;
    this.onEmpty = onEmpty;
  }

  /// True once the pool was empty and was forgotten.
  boolean retired() {
    return retired;
  }

  void begin(DirectCall call) {
    DirectConnection kept = idle.pollFirst();
    while (kept != null) {
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

  private void queue(DirectCall call) {
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

  private void dial(DirectCall call) {
    opened();
    new HostDial(shared, this, tls, host, port, call).begin();
  }

  /// A connection has answered its call and can take another.
  void free(DirectConnection connection) {
    DirectCall next = waiting.pollFirst();
    if (next != null) {
      next.waits(null, null);
      // Not at once: the connection is in the middle of handing out its last chunk.
      shared.loop().execute(() -> hand(connection, next));
    } else if (idle.size() < shared.settings().idlePerHost()) {
      idle.addFirst(connection);
    } else {
      connection.close();
    }
  }

  private void hand(DirectConnection connection, DirectCall next) {
    if (next.over()) {
      free(connection);
    } else if (connection.usable() && (next.request.isRepeatable() || connection.quiet())) {
      connection.start(next);
    } else {
      begin(next);
    }
  }

  /// A connection is closed, or belongs to a tunnel now.
  void gone(DirectConnection connection) {
    idle.remove(connection);
    left();
  }

  /// A connection that was counted is no more, or never came to be.
  void left() {
    open--;
    openOfLoop.decrementAndGet();
    if (mayOpen()) {
      DirectCall next = waiting.pollFirst();
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

  private void opened() {
    open++;
    openOfLoop.incrementAndGet();
  }

  /// Counts a connection that nobody waited for any more; it is closed at once.
  void unwanted(DirectConnection connection) {
    opened();
    connection.close();
  }

  void closeIdle() {
    for (DirectConnection connection : idle.toArray(DirectConnection[]::new)) {
      connection.close();
    }
  }
}
