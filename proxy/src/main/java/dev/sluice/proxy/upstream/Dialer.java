package dev.sluice.proxy.upstream;

import dev.sluice.proxy.loop.LoopEndPoint;
import dev.sluice.proxy.loop.LoopSelector;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.IO;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/// Opens connections to backends.
public sealed interface Dialer {
  /// Begins to connect. The dialling is told of the end, once, on any thread, possibly before this method returns.
  ///
  /// @param settings say how the socket is opened
  /// @return closes the attempt; does nothing once it has ended
  Closeable dial(SocketAddress address, UpstreamSettings settings, Dialling dialling);

  /// Who wants a connection.
  interface Dialling {
    /// Connected; returns the connection that reads and writes the end point.
    Connection connected(EndPoint endPoint);

    /// Not connected.
    void failed(Throwable failure);
  }

  private static SocketChannel open(SocketAddress address, UpstreamSettings settings) throws IOException {
    if (address instanceof UnixDomainSocketAddress) {
      return SocketChannel.open(StandardProtocolFamily.UNIX);
    }
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      KeepAlive.set(channel, settings.sockets().keepAlive());
      InetAddress from = settings.reach().localAddress();
      if (from != null) {
        channel.bind(new InetSocketAddress(from, 0));
      }
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// On the selector of the loop itself, so that a call never leaves its thread. To be used on that loop.
  final class OnLoop implements Dialer {
    private final LoopSelector loop;
    private final Scheduler timers;

    public OnLoop(LoopSelector loop, Scheduler timers) {
      this.loop = loop;
      this.timers = timers;
    }

    @Override
    public Closeable dial(SocketAddress address, UpstreamSettings settings, Dialling dialling) {
      SocketChannel channel = null;
      try {
        channel = open(address, settings);
        channel.configureBlocking(false);
        Attempt attempt = new Attempt(channel, dialling);
        if (channel.connect(address)) {
          attempt.key = channel.register(loop.getSelector(), 0);
          attempt.connected();
        } else {
          attempt.key = channel.register(loop.getSelector(), SelectionKey.OP_CONNECT, attempt);
        }
        return attempt;
      } catch (IOException | RuntimeException e) {
        IO.close(channel);
        dialling.failed(e);
        return () -> {};
      }
    }

    private final class Attempt implements ManagedSelector.Selectable, Closeable {
      private final SocketChannel channel;
      private final Dialling dialling;
      private final Runnable finish = Invocable.from(Invocable.InvocationType.NON_BLOCKING, this::finish);
      private @Nullable SelectionKey key;
      private boolean over;

      private Attempt(SocketChannel channel, Dialling dialling) {
        this.channel = channel;
        this.dialling = dialling;
      }

      @Override
      public @Nullable Runnable onSelected() {
        return over ? null : finish;
      }

      private void finish() {
        if (over) {
          return;
        }
        try {
          if (channel.finishConnect()) {
            connected();
          }
        } catch (IOException | RuntimeException e) {
          close();
          dialling.failed(e);
        }
      }

      private void connected() throws IOException {
        over = true;
        SelectionKey registered = Objects.requireNonNull(key);
        registered.interestOps(0);
        // The end point keeps what it finds there: the call that dialled, its exchange and its table would stay as long as the connection.
        registered.attach(null);
        SocketChannelEndPoint endPoint = loop.tricks().keptInterest()
            ? new LoopEndPoint(channel, loop, registered, timers, null)
            : new SocketChannelEndPoint(channel, loop, registered, timers);
        registered.attach(endPoint);
        Connection connection = dialling.connected(endPoint);
        endPoint.setConnection(connection);
        endPoint.onOpen();
        connection.onOpen();
      }

      @Override
      public void updateKey() {}

      @Override
      public void replaceKey(SelectionKey newKey) {
        key = newKey;
      }

      @Override
      public void close() {
        if (!over) {
          over = true;
          IO.close(channel);
        }
      }
    }
  }

  /// On selectors of their own, as Jetty's client has it. Events come on their threads.
  final class Separate extends SelectorManager implements Dialer {
    public Separate(Executor pool, Scheduler timers) {
      super(pool, timers, 1);
      // The call's own limit holds; Jetty wants one.
      setConnectTimeout(TimeUnit.HOURS.toMillis(1));
    }

    @Override
    public Closeable dial(SocketAddress address, UpstreamSettings settings, Dialling dialling) {
      SocketChannel channel = null;
      try {
        channel = open(address, settings);
        channel.configureBlocking(false);
        if (channel.connect(address)) {
          accept(channel, dialling);
        } else {
          connect(channel, dialling);
        }
        return channel;
      } catch (IOException | RuntimeException e) {
        IO.close(channel);
        dialling.failed(e);
        return () -> {};
      }
    }

    @Override
    protected EndPoint newEndPoint(SelectableChannel channel, ManagedSelector selector, SelectionKey key) {
      return new SocketChannelEndPoint((SocketChannel) channel, selector, key, getScheduler());
    }

    @Override
    public Connection newConnection(SelectableChannel channel, EndPoint endPoint, Object dialling) {
      return ((Dialling) dialling).connected(endPoint);
    }

    @Override
    protected void connectionFailed(SelectableChannel channel, Throwable failure, Object dialling) {
      ((Dialling) dialling).failed(failure);
    }
  }
}
