package dev.sluice.proxy.server;

import dev.sluice.proxy.loop.LoopEndPoint;
import dev.sluice.proxy.loop.LoopScheduler;
import dev.sluice.proxy.loop.LoopSelector;
import dev.sluice.proxy.loop.LoopThread;
import dev.sluice.proxy.loop.Tricks;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
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
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// A connector whose selectors are the event loops, and which listens on any number of addresses, one of them with TLS.
final class LoopConnector extends ServerConnector {
  private final Tricks tricks;
  private final LoopScheduler timers;
  private final List<InetSocketAddress> addresses = new ArrayList<>();
  private final @Nullable TlsListener tls;
  private final List<LoopSelector> loops = new ArrayList<>();
  private final List<ServerSocketChannel> sockets = new ArrayList<>();
  private final List<Closeable> acceptors = new ArrayList<>();
  private final Runnable whenLoopsRun;
  private final LongAdder accepted = new LongAdder();

  /// @param whenLoopsRun runs when the loops do and before a connection is accepted
  LoopConnector(
      Server server, Executor pool, LoopScheduler timers, ByteBufferPool buffers, LoopSettings settings, Runnable whenLoopsRun,
      ConnectionFactory... protocols) {
    super(server, pool, timers, buffers, 0, settings.loops(), protocols);
    this.tricks = settings.tricks();
    this.timers = timers;
    this.whenLoopsRun = whenLoopsRun;
    this.tls = settings.tls();
    if (tls != null) {
      addresses.add(tls.address());
    }
    addresses.addAll(settings.addresses());
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
  }

  List<LoopSelector> loops() {
    return loops;
  }

  List<InetSocketAddress> bound() throws IOException {
    List<InetSocketAddress> bound = new ArrayList<>();
    for (ServerSocketChannel socket : sockets) {
      bound.add((InetSocketAddress) socket.getLocalAddress());
    }
    return bound;
  }

  /// Called twice by Jetty, early and when the connector starts.
  @Override
  public void open() throws IOException {
    if (!sockets.isEmpty()) {
      return; // Jetty's server opens early, the connector once more
    }
    try {
      for (InetSocketAddress address : addresses) {
        sockets.add(listen(address));
      }
    } catch (IOException e) {
      sockets.forEach(IO::close);
      sockets.clear();
      throw e;
    }
    open(sockets.getFirst());
  }

  private static ServerSocketChannel listen(InetSocketAddress address) throws IOException {
    ServerSocketChannel socket = ServerSocketChannel.open();
    try {
      socket.setOption(StandardSocketOptions.SO_REUSEADDR, true);
      return socket.bind(address, 1024);
    } catch (IOException e) {
      IO.close(socket);
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    for (ServerSocketChannel socket : sockets.subList(1, sockets.size())) {
      socket.configureBlocking(false);
      acceptors.add(getSelectorManager().acceptor(socket));
    }
  }

  /// New connections are refused from now on; those that are open stay.
  void stopListening() {
    setAccepting(false);
    acceptors.forEach(IO::close);
    sockets.forEach(IO::close);
  }

  @Override
  protected SelectorManager newSelectorManager(Executor executor, Scheduler scheduler, int selectors) {
    return new Loops(executor, scheduler, selectors);
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(SocketChannel channel, ManagedSelector selector, SelectionKey key) throws IOException {
    return tricks.keptInterest()
        ? new LoopEndPoint(channel, (LoopSelector) selector, key, getScheduler(), getByteBufferPool())
        : super.newEndPoint(channel, selector, key);
  }

  /// Whether a client came by the address of TLS, which is the first one.
  private boolean secure(SocketChannel client) throws IOException {
    if (tls == null) {
      return false;
    }
    InetSocketAddress listens = (InetSocketAddress) sockets.getFirst().getLocalAddress();
    InetSocketAddress came = (InetSocketAddress) client.getLocalAddress();
    return came.getPort() == listens.getPort() && (listens.getAddress().isAnyLocalAddress() || listens.getAddress().equals(came.getAddress()));
  }

  private final class Loops extends ServerConnectorManager {
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
    public Connection newConnection(SelectableChannel channel, EndPoint socket, Object attachment) throws IOException {
      return tls != null && secure((SocketChannel) channel)
          ? InboundTls.over(socket, tls.server(), LoopConnector.this)
          : super.newConnection(channel, socket, attachment);
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
