package dev.sluice.proxy.server;

import dev.sluice.proxy.loop.LoopEndPoint;
import dev.sluice.proxy.loop.LoopScheduler;
import dev.sluice.proxy.loop.LoopSelector;
import dev.sluice.proxy.loop.LoopThread;
import dev.sluice.proxy.loop.Tricks;
import dev.sluice.proxy.observe.ConnectionStates;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.AbstractConnector;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// A connector whose selectors are the event loops, and which listens on any number of addresses, each with or without TLS and the PROXY protocol.
final class LoopConnector extends AbstractConnector {
  private final Tricks tricks;
  private final LoopScheduler timers;
  private final List<ListenerSettings> listeners;
  private final boolean clearHttp2;
  private final long usualHeadNanos;
  private final List<LoopSelector> loops = new ArrayList<>();
  private final List<ListenerAcceptor> acceptors = new ArrayList<>();
  private final Loops manager;
  private final Runnable whenLoopsRun;
  private final LongAdder accepted = new LongAdder();
  private final @Nullable ConnectionStates states;

  /// @param whenLoopsRun runs when the loops do and before a connection is accepted
  LoopConnector(
      Server server, Executor pool, LoopScheduler timers, ByteBufferPool buffers, LoopSettings settings, Runnable whenLoopsRun,
      ConnectionFactory... protocols) {
    super(server, pool, timers, buffers, 0, protocols);
    this.tricks = settings.tricks();
    this.timers = timers;
    this.whenLoopsRun = whenLoopsRun;
    this.listeners = settings.listeners();
    this.states = settings.states();
    this.clearHttp2 = settings.clearHttp2();
    this.usualHeadNanos = settings.headTimeout().toNanos();
    this.manager = new Loops(pool, timers, settings.loops());
    installBean(manager);
    // Connections keep their own clocks.
    setIdleTimeout(0);
  }

  /// Connections accepted since the start.
  long accepted() {
    return accepted.sum();
  }

  @Override
  protected void onEndPointOpened(EndPoint client) {
    super.onEndPointOpened(client);
    accepted.increment();
    if (states != null) {
      states.opened().increment();
    }
  }

  List<LoopSelector> loops() {
    return loops;
  }

  List<SocketAddress> bound() throws IOException {
    List<SocketAddress> bound = new ArrayList<>();
    for (ListenerAcceptor acceptor : acceptors) {
      bound.add(acceptor.bound());
    }
    return bound;
  }

  @Override
  protected void doStart() throws Exception {
    try {
      for (ListenerSettings listener : listeners) {
        acceptors.add(ListenerAcceptor.open(listener));
      }
    } catch (IOException e) {
      stopListening();
      throw e;
    }
    super.doStart();
    for (int i = 0; i < acceptors.size(); i++) {
      ListenerAcceptor acceptor = acceptors.get(i);
      acceptor.begin(loops.get(i % loops.size()), client -> manager.accept(client, acceptor));
    }
  }

  /// New connections are refused from now on; those that are open stay.
  void stopListening() {
    setAccepting(false);
    acceptors.forEach(ListenerAcceptor::close);
  }

  @Override
  protected void accept(int acceptor) {
    throw new IllegalStateException("there are no threads that accept");
  }

  @Override
  public @Nullable Object getTransport() {
    return null;
  }

  private Connection connection(SelectableChannel channel, EndPoint socket, ListenerSettings listener) throws IOException {
    ProxyPeers proxies = listener.proxyProtocol();
    if (proxies == null || !(socket instanceof LoopEndPoint loopEndPoint)) {
      return proper(socket, listener);
    }
    return switch (proxies.of(((SocketChannel) channel).getRemoteAddress())) {
      case UNREAD -> proper(socket, listener);
      case BELIEVED -> new ProxyHeaderConnection(loopEndPoint, true, () -> proper(socket, listener));
      case REFUSED -> new ProxyHeaderConnection(loopEndPoint, false, () -> proper(socket, listener));
    };
  }

  private Connection proper(EndPoint socket, ListenerSettings listener) {
    ConnectionFactory http2 = getConnectionFactory("h2");
    boolean spoken = listener.speaksHttp2(clearHttp2);
    FurtherListeners.Timeouts own = listener.timeouts();
    long headNanos = own == null ? usualHeadNanos : own.head().toNanos();
    if (listener.tls() != null) {
      return InboundTls.over(socket, listener.tls(), this, spoken ? http2 : null, headNanos);
    }
    return spoken
        ? new PriorKnowledge(socket, this, http2, headNanos) : getDefaultConnectionFactory().newConnection(this, socket);
  }

  private final class Loops extends SelectorManager {
    private @Nullable LoopSelector starting;

    private Loops(Executor executor, Scheduler scheduler, int selectors) {
      super(executor, scheduler, selectors);
    }

    @Override
    protected void doStart() throws Exception {
      super.doStart();
      whenLoopsRun.run();
    }

    /// The loop with the fewest clients, so that long connections spread evenly and a few clients share kept connections to backends.
    @Override
    protected ManagedSelector chooseSelector() {
      if (!tricks.keptInterest()) {
        return super.chooseSelector();
      }
      LoopSelector chosen = loops.getFirst();
      for (LoopSelector loop : loops) {
        if (loop.clients() < chosen.clients()) {
          chosen = loop;
        }
      }
      chosen.clientCame();
      return chosen;
    }

    @Override
    protected void onAcceptFailed(SelectableChannel channel, Throwable cause) {
      super.onAcceptFailed(channel, cause);
      LoopSelector loop = LoopSelector.current();
      if (loop != null && tricks.keptInterest()) {
        loop.clientLeft();
      }
    }

    @Override
    protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
      return tricks.keptInterest()
          ? new LoopEndPoint((SocketChannel) channel, (LoopSelector) selector, key, getScheduler(), getByteBufferPool())
          : new SocketChannelEndPoint((SocketChannel) channel, selector, key, getScheduler());
    }

    @Override
    public Connection newConnection(SelectableChannel channel, EndPoint socket, Object attachment) throws IOException {
      return connection(channel, socket, acceptor(socket, attachment).settings());
    }

    /// A loop's end point has taken the place of what the socket was registered with.
    private static ListenerAcceptor acceptor(EndPoint socket, @Nullable Object attachment) {
      Object registered = socket instanceof LoopEndPoint loopEndPoint ? loopEndPoint.attachment() : attachment;
      return (ListenerAcceptor) java.util.Objects.requireNonNull(registered);
    }

    @Override
    protected void endPointOpened(EndPoint socket) {
      super.endPointOpened(socket);
      onEndPointOpened(socket);
    }

    @Override
    protected void endPointClosed(EndPoint socket) {
      onEndPointClosed(socket);
      if (states != null) {
        states.closed().increment();
      }
      super.endPointClosed(socket);
      if (socket instanceof LoopEndPoint loopEndPoint && loopEndPoint.attachment() instanceof ListenerAcceptor acceptor) {
        acceptor.left();
      }
    }

    @Override
    protected void onAcceptFailed(SelectableChannel channel, Throwable why, @Nullable Object attachment) {
      super.onAcceptFailed(channel, why, attachment);
      if (attachment instanceof ListenerAcceptor acceptor) {
        acceptor.left();
      }
    }

    @Override
    protected ManagedSelector newSelector(int id) {
      LoopSelector loop = new LoopSelector(this, id, tricks, timers.elsewhere()) {
        @Override
        protected void doStart() throws Exception {
          starting = this;
          super.doStart();
        }
      };
      loops.add(loop);
      return loop;
    }

    /// What Jetty wants run for a selector: first its own loop, later the opening and closing of end points, which belong on the loop.
    @Override
    protected void execute(Runnable task) {
      LoopSelector loop = starting;
      LoopSelector here = LoopSelector.current();
      if (here != null) {
        here.executeSoon(task);
      } else if (loop != null) {
        starting = null;
        new LoopThread(loop, task).start();
      } else {
        super.execute(task);
      }
    }
  }
}
