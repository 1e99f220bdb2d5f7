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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.IO;
import org.jspecify.annotations.Nullable;

/// The way to a new connection: resolve the name, then try each address in turn. Each but the last gets an equal share of the time that is left. A name
/// with addresses of both families of IP is tried as Go's `net.Dialer` does it: those of the first address's family, and with them those of the other
/// one as soon as these have had their head start, or have all failed (RFC 8305); what connects first is used.
/// Behind a forward proxy a tunnel follows where TLS is wanted, and with TLS the handshake, under its own time limit; when one of these fails, no
/// further address is tried. Used on the loop.
final class HostDial implements Closeable {
  private static final long HEAD_START = TimeUnit.MILLISECONDS.toNanos(300);

  private final Shared shared;
  private final Target target;
  private final Wanted wanted;
  private final long connectNanos;
  private final long end;
  private final List<Row> rows = new ArrayList<>(1);
  private List<? extends SocketAddress> later = List.of();
  private EventLoop.@Nullable Timer headStart;
  private EventLoop.@Nullable Timer limit;
  private @Nullable Throwable firstFailure;
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
      tryAll(List.of(UnixDomainSocketAddress.of(unix)));
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
    race(found.stream().map(address -> new InetSocketAddress(address, port)).toList());
  }

  private void race(List<InetSocketAddress> addresses) {
    Class<?> first = addresses.getFirst().getAddress().getClass();
    if (!shared.settings().sockets().race() || addresses.stream().allMatch(each -> each.getAddress().getClass() == first)) {
      tryAll(addresses);
      return;
    }
    Map<Boolean, List<InetSocketAddress>> families =
        addresses.stream().collect(Collectors.partitioningBy(each -> each.getAddress().getClass() == first));
    later = families.getOrDefault(false, List.of());
    headStart = shared.loop().schedule(HEAD_START, this::tryLater);
    tryAll(families.getOrDefault(true, List.of()));
  }

  private void tryAll(List<? extends SocketAddress> addresses) {
    Row row = new Row(addresses);
    rows.add(row);
    row.tryNext();
  }

  private void tryLater() {
    List<? extends SocketAddress> addresses = later;
    forgetLater();
    if (!addresses.isEmpty()) {
      tryAll(addresses);
    }
  }

  private void forgetLater() {
    later = List.of();
    headStart = stop(headStart);
  }

  /// An attempt has got its socket: the others are given up.
  ///
  /// @return false when it was given up itself
  private boolean won(Attempt attempt) {
    if (attempt.row.current != attempt) {
      return false;
    }
    forgetLater();
    for (Row row : rows) {
      if (row != attempt.row) {
        row.stop();
      }
    }
    rows.removeIf(row -> row != attempt.row);
    attempt.row.share = stop(attempt.row.share);
    return true;
  }

  private void opened(Attempt attempt, Connection made) {
    if (!won(attempt)) {
      wanted.unwanted(made);
      return;
    }
    attempt.row.socket = () -> {};
    close();
    wanted.opened(made);
  }

  /// A socket is connected, and leads to the target: the limit of connecting is over.
  private void handshake(Attempt attempt, TlsHandshake handshake) {
    if (!won(attempt)) {
      handshake.close();
      return;
    }
    limit = stop(limit);
    attempt.row.socket = handshake;
    long longest = shared.settings().tls().handshakeTimeout().toNanos();
    limit = longest == 0 ? null : shared.loop().schedule(longest, this::timeout);
    handshake.begin();
  }

  private void tunnelling(Attempt attempt, ProxyTunnel tunnel) {
    if (!won(attempt)) {
      tunnel.close();
      return;
    }
    attempt.row.socket = tunnel;
    tunnel.begin();
  }

  private void failed(Attempt attempt, Throwable failure) {
    Row row = attempt.row;
    if (attempt != row.current) {
      return;
    }
    if (row.next < row.addresses.size()) {
      row.tryNext();
      return;
    }
    row.stop();
    rows.remove(row);
    Throwable first = firstFailure == null ? failure : firstFailure;
    firstFailure = first;
    tryLater();
    if (rows.isEmpty()) {
      fail(new Failure(Failure.Kind.REFUSED, where() + ": " + first.getMessage()));
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
    if (attempt == attempt.row.current) {
      fail(why);
    }
  }

  /// Gives up without telling anybody.
  @Override
  public void close() {
    over = true;
    forgetLater();
    rows.forEach(Row::stop);
    limit = stop(limit);
  }

  private static EventLoop.@Nullable Timer stop(EventLoop.@Nullable Timer running) {
    if (running != null) {
      running.cancel();
    }
    return null;
  }

  private void onLoop(Runnable task) {
    if (shared.loop().inLoop()) {
      task.run();
    } else {
      shared.loop().execute(task);
    }
  }

  /// Addresses that are tried one after another.
  private final class Row {
    private final List<? extends SocketAddress> addresses;
    private int next;
    private @Nullable Attempt current;
    private Closeable socket = () -> {};
    private EventLoop.@Nullable Timer share;

    private Row(List<? extends SocketAddress> addresses) {
      this.addresses = addresses;
    }

    private void tryNext() {
      stop();
      SocketAddress address = addresses.get(next++);
      int left = addresses.size() - next;
      Attempt attempt = new Attempt(this);
      current = attempt;
      if (connectNanos != 0 && left > 0) {
        share = shared.loop().schedule((end - System.nanoTime()) / (left + 1), this::tryNext);
      }
      Closeable opened = shared.dialer().dial(address, shared.settings(), attempt);
      if (current == attempt) {
        socket = opened;
      }
    }

    private void stop() {
      current = null;
      IO.close(socket);
      socket = () -> {};
      share = HostDial.stop(share);
    }
  }

  /// One address. On the loop, but for what the dialer calls when it is not.
  final class Attempt implements Dialer.Dialling {
    private final Row row;

    private Attempt(Row row) {
      this.row = row;
    }

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
