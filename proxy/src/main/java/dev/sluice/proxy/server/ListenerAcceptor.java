package dev.sluice.proxy.server;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.loop.LoopSelector;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.util.IO;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The socket of one listener, on one of the loops: takes connections and gives them to the loops, no more at once than [ConnectionLimit] says.
///
/// When the system has no more sockets to give it waits a little instead of asking again at once.
final class ListenerAcceptor implements ManagedSelector.Selectable, ManagedSelector.SelectorUpdate, Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(ListenerAcceptor.class);
  private static final long LOOK_SHARE = 20;
  private static final long BACK_OFF = TimeUnit.MILLISECONDS.toNanos(100);

  private final ListenerSettings settings;
  private final ServerSocketChannel socket;
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private @Nullable LoopSelector loop;
  private @Nullable SelectionKey key;
  private Consumer<SocketChannel> take = channel -> {};
  private EventLoop.Timer look = () -> {};
  private int open;

  private record Waiting(SocketChannel channel, long since) {}

  private ListenerAcceptor(ListenerSettings settings, ServerSocketChannel socket) {
    this.settings = settings;
    this.socket = socket;
  }

  /// Opens the socket; connections wait in it until [#begin].
  ///
  /// @throws IOException when the address cannot be listened on; says which
  static ListenerAcceptor open(ListenerSettings settings) throws IOException {
    SocketAddress address = settings.address();
    boolean unix = address instanceof UnixDomainSocketAddress;
    ServerSocketChannel socket = unix ? ServerSocketChannel.open(StandardProtocolFamily.UNIX) : ServerSocketChannel.open();
    try {
      socket.configureBlocking(false);
      if (unix) {
        UnixSocketFile.bind(socket, (UnixDomainSocketAddress) address, settings.socket().backlog());
      } else {
        settings.socket().applyTo(socket);
        socket.bind(address, settings.socket().backlog());
      }
      return new ListenerAcceptor(settings, socket);
    } catch (IOException e) {
      IO.close(socket);
      throw new IOException("cannot listen on " + address + ": " + e.getMessage(), e);
    }
  }

  ListenerSettings settings() {
    return settings;
  }

  /// Where it listens, with the port it was given.
  SocketAddress bound() throws IOException {
    return socket.getLocalAddress();
  }

  /// @param to told of each connection on this loop
  void begin(LoopSelector on, Consumer<SocketChannel> to) {
    loop = on;
    take = to;
    on.submit(this);
  }

  @Override
  public void update(Selector selector) {
    try {
      key = socket.register(selector, SelectionKey.OP_ACCEPT, this);
    } catch (IOException e) {
      LOG.debug("closed before it began: {}", settings.address());
    }
  }

  @Override
  public @Nullable Runnable onSelected() {
    try {
      SocketChannel channel = socket.accept();
      while (channel != null) {
        accepted(channel);
        channel = socket.accept();
      }
    } catch (IOException e) {
      if (socket.isOpen()) {
        LOG.warn("listener {}: {}", settings.name(), e.getMessage());
        pause();
      }
    }
    return null;
  }

  private void pause() {
    SelectionKey registered = key;
    LoopSelector on = loop;
    if (registered != null && on != null) {
      registered.interestOps(0);
      on.schedule(BACK_OFF, () -> {
        if (registered.isValid()) {
          registered.interestOps(SelectionKey.OP_ACCEPT);
        }
      });
    }
  }

  private void accepted(SocketChannel channel) {
    try {
      channel.configureBlocking(false);
      if (settings.address() instanceof InetSocketAddress) {
        if (refused(channel)) {
          channel.close();
          return;
        }
        settings.socket().applyTo(channel);
      }
    } catch (IOException e) {
      IO.close(channel);
      return;
    }
    ConnectionLimit limit = settings.limit();
    if (limit == null || open < limit.open()) {
      open++;
      take.accept(channel);
      return;
    }
    queue.addLast(new Waiting(channel, System.nanoTime()));
    if (queue.size() > limit.waiting()) {
      IO.close(queue.removeFirst().channel());
    }
    if (queue.size() == 1) {
      watch(limit);
    }
  }

  private boolean refused(SocketChannel channel) throws IOException {
    PeerList allowed = settings.allowed();
    return allowed != null && !(channel.getRemoteAddress() instanceof InetSocketAddress peer && allowed.contains(peer.getAddress()));
  }

  /// Looks after the queue as often as Skipper does: twenty times within the longest wait.
  private void watch(ConnectionLimit limit) {
    LoopSelector on = loop;
    if (on != null && !limit.longest().isZero()) {
      look.cancel();
      look = on.schedule(Math.max(1_000_000, limit.longest().toNanos() / LOOK_SHARE), () -> expire(limit));
    }
  }

  private void expire(ConnectionLimit limit) {
    long now = System.nanoTime();
    while (!queue.isEmpty() && now - queue.getFirst().since() >= limit.longest().toNanos()) {
      IO.close(queue.removeFirst().channel());
    }
    if (!queue.isEmpty()) {
      watch(limit);
    }
  }

  /// A connection that this listener has given away is closed, or could not be begun. From any thread.
  void left() {
    LoopSelector on = loop;
    if (settings.limit() == null || on == null) {
      return;
    }
    on.execute(() -> {
      open--;
      if (!queue.isEmpty() && socket.isOpen()) {
        open++;
        take.accept(queue.removeLast().channel());
      }
    });
  }

  @Override
  public void updateKey() {}

  @Override
  public void replaceKey(SelectionKey newKey) {
    key = newKey;
  }

  /// Refuses connections from now on, and those that still wait. From any thread; idempotent.
  @Override
  public void close() {
    if (!socket.isOpen()) {
      return;
    }
    IO.close(socket);
    if (settings.address() instanceof UnixDomainSocketAddress file) {
      UnixSocketFile.remove(file);
    }
    LoopSelector on = loop;
    if (on != null) {
      // A registered socket is only closed with the selector's next round.
      on.submit(selector -> {
        look.cancel();
        queue.forEach(waiting -> IO.close(waiting.channel()));
        queue.clear();
      });
    }
  }
}
