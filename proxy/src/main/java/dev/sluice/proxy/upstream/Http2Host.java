package dev.sluice.proxy.upstream;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.routes.spi.Failure;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;

/// Connections of one loop to one backend address that speaks HTTP/2. A call takes a stream of the first connection that has one to give; when none
/// has, another connection is dialled, one at a time and within the limit, and calls wait, within bounds.
final class Http2Host {
  private final Shared shared;
  private final HostDial.Target target;
  private final Consumer<Http2Host> onEmpty;
  private final List<Http2Connection> open = new ArrayList<>();
  private final ArrayDeque<UpstreamCall> waiting = new ArrayDeque<>();
  private @Nullable HostDial dialling;

  Http2Host(Shared shared, HostDial.Target target, Consumer<Http2Host> onEmpty) {
    this.shared = shared;
    this.target = target;
    this.onEmpty = onEmpty;
  }

  HostDial.Target target() {
    return target;
  }

  void begin(UpstreamCall call) {
    Http2Connection taken = waiting.isEmpty() ? withStream() : null;
    if (taken != null) {
      taken.start(call);
      return;
    }
    if (dialling == null && !mayDial() && waiting.size() >= shared.settings().waitingPerHost()) {
      call.fail(new Failure(Failure.Kind.POOL_FULL, waiting.size() + " calls wait for a stream"), Upstream.Sent.NOTHING);
      return;
    }
    waiting.add(call);
    call.waits(null, () -> waiting.remove(call));
    dialOrWait(call);
  }

  private @Nullable Http2Connection withStream() {
    for (Http2Connection connection : open) {
      if (connection.hasStream()) {
        return connection;
      }
    }
    return null;
  }

  private boolean mayDial() {
    int most = shared.settings().connectionsPerHost();
    return open.stream().allMatch(Http2Connection::settled) && (most == 0 || open.size() < most);
  }

  /// The limit of connecting holds while a connection is dialled, that of waiting when none may be.
  private void dialOrWait(UpstreamCall call) {
    if (dialling != null) {
      return;
    }
    if (mayDial()) {
      HostDial dial = new HostDial(shared, target, call.request.connectNanos(), new Waiter());
      dialling = dial;
      shared.connections().incrementAndGet();
      dial.begin();
    } else {
      limitWait(call);
    }
  }

  private void limitWait(UpstreamCall call) {
    long longest = shared.settings().waitTimeout().toNanos();
    if (longest > 0) {
      EventLoop.Timer timer = shared.loop().schedule(longest, () -> {
        waiting.remove(call);
        call.fail(new Failure(Failure.Kind.POOL_FULL, "no stream became free in time"), Upstream.Sent.NOTHING);
      });
      call.waits(timer, () -> waiting.remove(call));
    }
  }

  /// All that wait for a connection.
  private final class Waiter implements HostDial.Wanted {
    @Override
    public Connection make(EndPoint endPoint) {
      return Http2Connection.on(endPoint, shared, Http2Host.this);
    }

    @Override
    public void opened(Connection made) {
      dialling = null;
      open.add((Http2Connection) made);
      streamsFree();
    }

    @Override
    public void failed(Failure why) {
      dialling = null;
      shared.connections().decrementAndGet();
      if (open.isEmpty()) {
        for (UpstreamCall call : takeAll()) {
          call.fail(why, Upstream.Sent.NOTHING);
        }
        emptied();
      } else {
        waiting.forEach(Http2Host.this::limitWait);
      }
    }

    @Override
    public void unwanted(Connection made) {
      shared.connections().incrementAndGet();
      made.close();
    }
  }

  private List<UpstreamCall> takeAll() {
    List<UpstreamCall> all = new ArrayList<>(waiting);
    waiting.clear();
    return all;
  }

  /// A connection has streams to give, or more than before.
  void streamsFree() {
    UpstreamCall call = waiting.peekFirst();
    Http2Connection connection = call == null ? null : withStream();
    while (call != null && connection != null) {
      waiting.removeFirst();
      call.waits(null, null);
      connection.start(call);
      call = waiting.peekFirst();
      connection = call == null ? null : withStream();
    }
    if (call != null) {
      for (UpstreamCall each : List.copyOf(waiting)) {
        dialOrWait(each);
      }
    }
  }

  /// A connection takes no further calls: the backend leaves, or it is closed.
  void gone(Http2Connection connection) {
    if (open.remove(connection)) {
      streamsFree();
      emptied();
    }
  }

  private void emptied() {
    if (open.isEmpty() && dialling == null && waiting.isEmpty()) {
      onEmpty.accept(this);
    }
  }

  void closeIdle() {
    for (Http2Connection connection : open.toArray(Http2Connection[]::new)) {
      connection.closeIfIdle();
    }
  }
}
