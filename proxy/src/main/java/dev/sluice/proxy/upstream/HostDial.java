package dev.sluice.proxy.upstream;

import dev.sluice.proxy.loop.EventLoop;
import dev.sluice.proxy.upstream.ForwardProxies.Proxy;
import dev.sluice.routes.spi.Failure;
import java.io.Closeable;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.IO;
import org.jspecify.annotations.Nullable;

/// The way to a new connection: resolve the name, then try each address in turn. Each but the last gets an equal share of the time that is left.
/// Behind a forward proxy a tunnel follows where TLS is wanted, and with TLS the handshake, under its own time limit; when one of these fails, no
/// further address is tried. Used on the loop.
final class HostDial implements Closeable {
  private final Shared shared;
  private final Target target;
  private final Wanted wanted;
  private final long connectNanos;
  private final long end;
  private List<? extends SocketAddress> addresses = List.of();
  private int next;
  private @Nullable Attempt current;
  private Closeable socket = () -> {};
  private EventLoop.@Nullable Timer share;
  private EventLoop.@Nullable Timer limit;
  private boolean over;

  /// Where a connection leads.
  ///
  /// @param protocol to be agreed on by ALPN; null: TLS without ALPN, or none
  /// @param proxy the forward proxy on the way; null: none
  record Target(boolean tls, String host, int port, @Nullable String protocol, @Nullable Proxy proxy) {
    boolean byTunnel() {
      return proxy != null && tls;
    }

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /// Who wants the connection. Exactly one of [#opened] and [#failed] follows, unless the dial is closed before.
  interface Wanted {
    /// Makes the connection for an end point that leads to the target; on any thread.
    Connection make(EndPoint endPoint);

    /// A connection made is open. On the loop.
    void opened(Connection made);

    /// None came. On the loop.
    void failed(Failure why);

    /// A connection made is open, too late. On the loop.
    void unwanted(Connection made);
  }

  /// @param connectNanos longest time to connect, without the TLS handshake; 0: no limit
  HostDial(Shared shared, Target target, long connectNanos, Wanted wanted) {
    this.shared = shared;
    this.target = target;
    this.wanted = wanted;
    this.connectNanos = connectNanos;
    this.end = System.nanoTime() + connectNanos;
  }

  void begin() {
    limit = connectNanos == 0 ? null : shared.loop().schedule(connectNanos, this::timeout);
    Path unix = shared.settings().reach().unixSocket();
    if (unix != null) {
      addresses = List.of(UnixDomainSocketAddress.of(unix));
      tryNext();
      return;
    }
    Proxy proxy = target.proxy();
    shared.resolver().resolve(proxy == null ? target.host() : proxy.host(), shared.loop(), this::resolved);
  }

  private void resolved(@Nullable List<InetAddress> found, @Nullable Throwable failure) {
    if (over) {
      return;
    }
    Proxy proxy = target.proxy();
    if (found == null) {
      fail(new Failure(Failure.Kind.UNRESOLVED, (proxy == null ? target.host() : proxy.host()) + ": " + failure));
      return;
    }
    int port = proxy == null ? target.port() : proxy.port();
    addresses = found.stream().map(address -> new InetSocketAddress(address, port)).toList();
    tryNext();
  }

  private void tryNext() {
    stopAttempt();
    SocketAddress address = addresses.get(next++);
    int left = addresses.size() - next;
    Attempt attempt = new Attempt();
    current = attempt;
    if (connectNanos != 0 && left > 0) {
      share = shared.loop().schedule((end - System.nanoTime()) / (left + 1), this::tryNext);
    }
    Closeable opened = shared.dialer().dial(address, shared.settings().reach().localAddress(), attempt);
    if (current == attempt) {
      socket = opened;
    }
  }

  private void opened(Attempt attempt, Connection made) {
    if (attempt != current) {
      wanted.unwanted(made);
      return;
    }
    socket = () -> {};
    close();
    wanted.opened(made);
  }

  /// A socket is connected, and leads to the target: the limit of connecting is over.
  private void handshake(Attempt attempt, TlsHandshake handshake) {
    if (attempt != current) {
      handshake.close();
      return;
    }
    stopTimers();
    socket = handshake;
    long longest = shared.settings().tls().handshakeTimeout().toNanos();
    limit = longest == 0 ? null : shared.loop().schedule(longest, this::timeout);
    handshake.begin();
  }

  private void tunnelling(Attempt attempt, ProxyTunnel tunnel) {
    if (attempt != current) {
      tunnel.close();
      return;
    }
    stopShare();
    socket = tunnel;
    tunnel.begin();
  }

  private void failed(Attempt attempt, Throwable failure) {
    if (attempt != current) {
      return;
    }
    if (next < addresses.size()) {
      tryNext();
    } else {
      fail(new Failure(Failure.Kind.REFUSED, where() + ": " + failure.getMessage()));
    }
  }

  private String where() {
    Path unix = shared.settings().reach().unixSocket();
    Proxy proxy = target.proxy();
    return unix != null ? unix.toString() : proxy != null ? "proxy " + proxy : target.toString();
  }

  private void timeout() {
    fail(new Failure(Failure.Kind.CONNECT_TIMEOUT, where()));
  }

  private void fail(Failure why) {
    if (!over) {
      close();
      wanted.failed(why);
    }
  }

  private void fail(Attempt attempt, Failure why) {
    if (attempt == current) {
      fail(why);
    }
  }

  /// Gives up without telling anybody.
  @Override
  public void close() {
    over = true;
    stopAttempt();
    stopTimers();
  }

  private void stopAttempt() {
    current = null;
    IO.close(socket);
    socket = () -> {};
    stopShare();
  }

  private void stopTimers() {
    stopShare();
    EventLoop.Timer running = limit;
    limit = null;
    if (running != null) {
      running.cancel();
    }
  }

  private void stopShare() {
    EventLoop.Timer running = share;
    share = null;
    if (running != null) {
      running.cancel();
    }
  }

  private void onLoop(Runnable task) {
    if (shared.loop().inLoop()) {
      task.run();
    } else {
      shared.loop().execute(task);
    }
  }

  /// One address. On the loop, but for what the dialer calls when it is not.
  final class Attempt implements Dialer.Dialling {
    @Override
    public Connection connected(EndPoint endPoint) {
      return target.byTunnel() ? new ProxyTunnel(shared, endPoint, target, this) : towards(endPoint);
    }

    /// The first connection on an end point that leads to the target.
    Connection towards(EndPoint endPoint) {
      return target.tls() ? new TlsHandshake(shared, endPoint, target, this).connection() : secured(endPoint);
    }

    /// The last connection on an end point.
    Connection secured(EndPoint endPoint) {
      Connection made = wanted.make(endPoint);
      made.addEventListener(new Connection.Listener() {
        @Override
        public void onOpened(Connection connection) {
          // It knows the call that dialled, which must not stay as long as the connection.
          connection.removeEventListener(this);
          onLoop(() -> opened(Attempt.this, made));
        }
      });
      return made;
    }

    /// The socket to the proxy is connected.
    void ready(ProxyTunnel tunnel) {
      tunnelling(this, tunnel);
    }

    /// The socket of a handshake is connected.
    void ready(TlsHandshake handshake) {
      handshake(this, handshake);
    }

    void notTunnelled(String why) {
      fail(this, new Failure(Failure.Kind.REFUSED, where() + ": " + why));
    }

    void notSecured(String why) {
      fail(this, new Failure(Failure.Kind.TLS, target + ": " + why));
    }

    @Override
    public void failed(Throwable failure) {
      onLoop(() -> HostDial.this.failed(this, failure));
    }
  }
}
